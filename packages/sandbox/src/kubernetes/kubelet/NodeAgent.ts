import { EventRecorder } from '../events/EventRecorder';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { Node } from '../objects/cluster';

/** What a node has for its pods: addresses, pulled images, and a voice while it is not lost. */
export class NodeAgent {
  readonly images = new Set<string>();
  readonly events: EventRecorder;
  isLost = false;
  private taken = 10;

  constructor(
    cluster: KubernetesCluster,
    readonly name: string,
    /** The node's own address. */
    readonly address: string,
  ) {
    this.events = EventRecorder.create(cluster, { component: 'kubelet', host: name });
  }

  /** Pods get addresses of their node's subnet, as with the VPC CNI. */
  takeAddress(): string {
    const [a, b, c] = this.address.split('.');
    this.taken = this.taken >= 250 ? 11 : this.taken + 1;
    return `${a}.${b}.${c}.${this.taken}`;
  }
}

export const internalAddressOf = ({ status }: Node): string =>
  status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '10.0.0.10';
