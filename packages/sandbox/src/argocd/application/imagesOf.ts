import type { KubeObject } from '../../kubernetes/objects/KubeObject';

interface PodSpecLike {
  containers?: { image?: string }[];
  initContainers?: { image?: string }[];
}

interface SpecLike extends PodSpecLike {
  template?: { spec?: PodSpecLike };
  jobTemplate?: { spec?: { template?: { spec?: PodSpecLike } } };
}

/** The images that a pod, or the pods of a workload, run. */
export function imagesOf(object: KubeObject): string[] {
  const spec = object.spec as SpecLike | undefined;
  const pod = spec?.jobTemplate?.spec?.template?.spec ?? spec?.template?.spec ?? spec;
  const containers = [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
  return [...new Set(containers.flatMap(({ image }) => image ?? []))].sort();
}
