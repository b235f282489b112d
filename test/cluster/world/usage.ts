import { KubeObject } from './kubeApi';

/** Parts of a request that are used: 0.8 is 80 %. */
export interface Utilisation {
  cpu: number;
  memory: number;
}

export interface RunningPod extends KubeObject {
  spec: {
    containers: { name: string; resources?: { requests?: { cpu?: string; memory?: string } } }[];
  };
  status?: { phase?: string; startTime?: string };
}

/** The name that a person knows: a Deployment's for its pods, otherwise the controller's own. */
export function workloadOf(pod: RunningPod): string {
  const metadata = pod.metadata as {
    name: string;
    labels?: Record<string, string>;
    ownerReferences?: { kind: string; name: string; controller?: boolean }[];
  };
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return metadata.name;
  const hash = metadata.labels?.['pod-template-hash'];
  return owner.kind === 'ReplicaSet' && hash ? owner.name.replace(`-${hash}`, '') : owner.name;
}

/** The PodMetrics object of a pod whose containers use these parts of their requests. */
export function podMetrics(pod: RunningPod, { cpu, memory }: Utilisation, now: Date): KubeObject {
  const { name, namespace, labels } = pod.metadata;
  return {
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata: { name, namespace, labels },
    timestamp: now.toISOString(),
    window: '15s',
    containers: pod.spec.containers.map(container => {
      const requests = container.resources?.requests ?? {};
      return {
        name: container.name,
        usage: {
          cpu: `${Math.round(millicores(requests.cpu ?? '100m') * cpu)}m`,
          memory: `${Math.round(kibibytes(requests.memory ?? '64Mi') * memory)}Ki`,
        },
      };
    }),
  };
}

function millicores(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) : Number(quantity) * 1000;
}

const kibibytesPer: Record<string, number> = { Ki: 1, Mi: 2 ** 10, Gi: 2 ** 20, '': 1 / 1024 };

function kibibytes(quantity: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|)$/.exec(quantity) ?? [];
  if (amount === undefined)
    throw new Error(`Not a memory request that the world uses: ${quantity}`);
  return Number(amount) * kibibytesPer[unit];
}
