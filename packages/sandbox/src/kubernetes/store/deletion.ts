import type { Namespace } from '../objects/cluster';
import type { KubeObject } from '../objects/KubeObject';
import type { Pod } from '../objects/pod';
import { timestamp } from './transitions';

export const DEFAULT_GRACE_SECONDS = 30;

/** Nothing holds the deleted object any more: it goes away. */
export function isFinalised(object: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers = [] } = object.metadata;
  const ofNamespace = object.kind === 'Namespace' ? (object as Namespace).spec?.finalizers : [];
  return (
    deletionTimestamp !== undefined &&
    deletionGracePeriodSeconds === 0 &&
    finalizers.length === 0 &&
    !ofNamespace?.length
  );
}

/**
 * The object with its deletion written on it. Asking twice can only shorten the grace: a pod that is being ended
 * with 30 seconds' grace goes at once when it is deleted again with none.
 */
export function markedForDeletion(
  object: KubeObject,
  now: Date,
  options: { gracePeriodSeconds?: number },
): KubeObject {
  const { metadata } = object;
  const grace = graceOf(object, options.gracePeriodSeconds);
  const before = metadata.deletionGracePeriodSeconds;
  if (metadata.deletionTimestamp && before !== undefined && before <= grace) return object;
  const marked: KubeObject = {
    ...object,
    metadata: {
      ...metadata,
      deletionTimestamp: timestamp(new Date(now.getTime() + grace * 1000)),
      deletionGracePeriodSeconds: grace,
      ...(metadata.generation !== undefined && { generation: metadata.generation + 1 }),
    },
  };
  if (object.kind !== 'Namespace') return marked;
  return { ...marked, status: { ...(object as Namespace).status, phase: 'Terminating' } };
}

/** Only pods end gracefully, and only once a kubelet has them that could end them. */
function graceOf(object: KubeObject, asked: number | undefined): number {
  if (object.kind !== 'Pod') return 0;
  const { spec, status } = object as Pod;
  const running = spec.nodeName && status.phase !== 'Succeeded' && status.phase !== 'Failed';
  if (!running) return 0;
  return asked ?? spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
}
