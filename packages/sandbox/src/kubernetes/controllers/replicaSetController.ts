import type { Pod } from '../objects/pod';
import type { ReplicaSet } from '../objects/workload';
import { ApiError } from '../status/ApiError';
import { withCondition, withoutCondition } from './conditions';
import type { Controller, ControllerContext } from './Controller';
import { omitZero } from './omitZero';
import { controlledBy, keyOf, ownerOfKind } from './ownership';
import { isActive, isReady, podCondition, podFrom, untilAvailable } from './podState';

/** ReplicaSet → Pods. */
export const replicaSetController: Controller = {
  name: 'replicaset-controller',

  *affected({ object, type }, { cluster }) {
    if (object.kind === 'ReplicaSet') yield keyOf(object);
    if (object.kind === 'Pod') yield* ownerOfKind(object, 'ReplicaSet');
    // The real one only waits out its retries, up to a quarter of an hour: too long for somebody who is trying things.
    if (object.kind === 'ResourceQuota' && type === 'DELETED') {
      const { namespace } = object.metadata;
      yield* cluster.list('ReplicaSet', { namespace }).map(keyOf);
    }
  },

  reconcile(key, context) {
    const set = context.cluster.get({ kind: 'ReplicaSet', ...key });
    if (!set) return;
    const refusal = set.metadata.deletionTimestamp ? undefined : adjust(set, context);
    writeStatus(set, context, refusal);
    // The status tells why; the retry with its growing pauses is the runtime's.
    if (refusal) throw refusal;
  },
};

/** Creates or deletes pods until their number is right. Returns the refusal that stopped it. */
function adjust(set: ReplicaSet, context: ControllerContext): ApiError | undefined {
  const { cluster, events } = context;
  const active = controlledBy(cluster, 'Pod', set).filter(isActive);
  const missing = set.spec.replicas - active.length;
  for (const pod of leastWorthKeeping(active).slice(0, Math.max(0, -missing))) {
    cluster.remove({ kind: 'Pod', ...keyOf(pod) });
    const message = `Deleted pod: ${pod.metadata.name}`;
    events.record(set, { type: 'Normal', reason: 'SuccessfulDelete', message });
  }
  for (let count = 0; count < missing; count++) {
    const refusal = createPod(set, context);
    if (refusal) return refusal;
  }
  return undefined;
}

function createPod(set: ReplicaSet, { cluster, events }: ControllerContext): ApiError | undefined {
  const generateName = `${set.metadata.name}-`;
  try {
    const pod = cluster.create(podFrom(set.spec.template, set, { generateName }));
    const message = `Created pod: ${pod.metadata.name}`;
    events.record(set, { type: 'Normal', reason: 'SuccessfulCreate', message });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `Error creating: ${error.message}`;
    events.record(set, { type: 'Warning', reason: 'FailedCreate', message });
    return error;
  }
}

/** Which pods go first: not on a node, not running, not ready, ready most recently, restarted most, youngest. */
function leastWorthKeeping(pods: readonly Pod[]): Pod[] {
  const since = (pod: Pod) => podCondition(pod, 'Ready')?.lastTransitionTime ?? '';
  const restarts = ({ status }: Pod) =>
    Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
  const rank = (pod: Pod): (string | number)[] => [
    pod.spec.nodeName ? 1 : 0,
    pod.status.phase === 'Running' ? 1 : 0,
    isReady(pod) ? 1 : 0,
    -Date.parse(since(pod) || '1970-01-01T00:00:00Z'),
    -restarts(pod),
    -Date.parse(pod.metadata.creationTimestamp ?? ''),
  ];
  return [...pods].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const index = left.findIndex((value, position) => value !== right[position]);
    if (index < 0) return 0;
    return left[index] < right[index] ? -1 : 1;
  });
}

function writeStatus(
  set: ReplicaSet,
  context: ControllerContext,
  refusal: ApiError | undefined,
): void {
  const { cluster } = context;
  const pods = controlledBy(cluster, 'Pod', set);
  const now = cluster.timeline.now();
  const active = pods.filter(isActive);
  const waits = active
    .map(pod => untilAvailable(pod, set.spec.minReadySeconds ?? 0, now))
    .filter(wait => wait !== undefined);
  const conditions = refusal
    ? withCondition(
        set.status.conditions,
        {
          type: 'ReplicaFailure',
          status: 'True',
          reason: 'FailedCreate',
          message: refusal.message,
        },
        now,
      )
    : withoutCondition(set.status.conditions, 'ReplicaFailure');
  cluster.modify(
    set,
    draft => {
      draft.status = {
        replicas: active.length,
        ...omitZero({
          fullyLabeledReplicas: active.length,
          readyReplicas: active.filter(isReady).length,
          availableReplicas: waits.filter(wait => wait === 0).length,
        }),
        terminatingReplicas: pods.filter(isTerminating).length,
        observedGeneration: draft.metadata.generation,
        ...(conditions.length > 0 && { conditions }),
      };
    },
    'status',
  );
  const next = Math.min(...waits.filter(wait => wait > 0));
  if (Number.isFinite(next)) context.requeue(keyOf(set), next);
}

const isTerminating = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp !== undefined &&
  status.phase !== 'Succeeded' &&
  status.phase !== 'Failed';
