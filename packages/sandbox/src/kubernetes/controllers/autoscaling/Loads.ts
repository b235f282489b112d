import type { WorkloadName } from '../../kubelet/Behaviours';
import type { Pod } from '../../objects/pod';
import { podResources } from '../../quantity/podRequests';

/** How much CPU and memory the pods of a workload use: nothing runs here, so somebody has to say. */
export class Loads {
  private readonly demands = new Map<string, number>();

  /** CPU cores that all pods of the workload together would use, were there no limits. */
  set({ namespace, name }: WorkloadName, cores: number): void {
    this.demands.set(`${namespace}/${name}`, cores);
  }

  reset({ namespace, name }: WorkloadName): void {
    this.demands.delete(`${namespace}/${name}`);
  }

  /** Cores and bytes of one of `sharing` pods that share the workload's demand evenly, within its limits. */
  usageOf(
    pod: Pod,
    { namespace, name }: WorkloadName,
    sharing: number,
  ): { readonly cpu: number; readonly memory: number } {
    const requests = podResources(pod.spec);
    const limits = podResources(pod.spec, 'limits');
    const demand = this.demands.get(`${namespace}/${name}`);
    const idle = (requests.cpu ?? 0.1) * IDLE_SHARE;
    const share = (demand === undefined ? idle : demand / sharing) * variation(pod);
    return {
      cpu: Math.min(share, limits.cpu ?? Infinity),
      memory: (requests.memory ?? 64 * 2 ** 20) * MEMORY_SHARE,
    };
  }
}

/** A service that nobody calls uses about this share of what it asked for. */
const IDLE_SHARE = 0.06;
const MEMORY_SHARE = 0.55;

/** Siblings are never quite equal: within 4 %, always the same for the same pod. */
function variation({ metadata }: Pod): number {
  const sum = [...(metadata.uid ?? '')].reduce((total, char) => total + char.charCodeAt(0), 0);
  return 0.96 + (sum % 9) / 100;
}
