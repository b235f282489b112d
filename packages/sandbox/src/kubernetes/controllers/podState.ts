import type { Condition } from '../objects/KubeObject';
import type { Pod, PodTemplate } from '../objects/pod';
import { controllerRefTo } from './ownership';
import type { KubeObject } from '../objects/KubeObject';

export const podCondition = ({ status }: Pod, type: string): Condition | undefined =>
  status.conditions?.find(condition => condition.type === type);

export const isReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True';

/** Counted by its controller: neither ended nor being deleted. */
export const isActive = ({ status, metadata }: Pod): boolean =>
  status.phase !== 'Succeeded' && status.phase !== 'Failed' && !metadata.deletionTimestamp;

/** Milliseconds until the pod has been ready for that long: 0 when it is available, undefined while it is not ready. */
export function untilAvailable(pod: Pod, minReadySeconds: number, now: Date): number | undefined {
  const ready = podCondition(pod, 'Ready');
  if (ready?.status !== 'True') return undefined;
  const since = Date.parse(ready.lastTransitionTime ?? '');
  return Math.max(0, since + minReadySeconds * 1000 - now.getTime());
}

/** A pod as its controller would create it. */
export const podFrom = (
  template: PodTemplate,
  owner: KubeObject,
  metadata: { name?: string; generateName?: string; labels?: Record<string, string> },
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: metadata.name ?? '',
    ...(metadata.generateName && { generateName: metadata.generateName }),
    namespace: owner.metadata.namespace,
    labels: { ...template.metadata?.labels, ...metadata.labels },
    ...(template.metadata?.annotations && { annotations: template.metadata.annotations }),
    ...(template.metadata?.finalizers && { finalizers: template.metadata.finalizers }),
    ownerReferences: [controllerRefTo(owner)],
  },
  spec: template.spec,
});
