import type { Condition } from '../../objects/KubeObject';
import type { Deployment, ReplicaSet } from '../../objects/workload';
import { timestamp } from '../../store/transitions';
import { conditionOf, type ConditionContent, withCondition, withoutCondition } from '../conditions';
import { omitZero } from '../omitZero';
import { rollingLimits } from './rollingUpdate';

type Status = Deployment['status'];

/** The counts and the Available condition: pkg/controller/deployment/sync.go, calculateStatus. */
export function countedStatus(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  current: ReplicaSet | undefined,
  now: Date,
): Status {
  const sum = (read: (set: ReplicaSet) => number | undefined) =>
    all.reduce((total, set) => total + (read(set) ?? 0), 0);
  const availableReplicas = sum(({ status }) => status.availableReplicas);
  const { spec, metadata, status } = deployment;
  const enough = availableReplicas >= spec.replicas - rollingLimits(deployment).unavailable;
  return {
    observedGeneration: metadata.generation,
    ...omitZero({
      replicas: sum(set => set.status.replicas),
      updatedReplicas: current?.status.replicas,
      readyReplicas: sum(set => set.status.readyReplicas),
      availableReplicas,
      unavailableReplicas: Math.max(0, sum(set => set.spec.replicas) - availableReplicas),
    }),
    terminatingReplicas: sum(set => set.status.terminatingReplicas),
    conditions: upsert(
      status.conditions,
      enough
        ? {
            type: 'Available',
            status: 'True',
            reason: 'MinimumReplicasAvailable',
            message: 'Deployment has minimum availability.',
          }
        : {
            type: 'Available',
            status: 'False',
            reason: 'MinimumReplicasUnavailable',
            message: 'Deployment does not have minimum availability.',
          },
      now,
    ),
  };
}

/** The status while a rollout may be under way: progress, its deadline, and what keeps pods from being created. */
export function rolloutStatus(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  current: ReplicaSet,
  now: Date,
): Status {
  const status = countedStatus(deployment, all, current, now);
  const conditions = withProgress(deployment, status, current, now);
  const failure = [current, ...all]
    .map(set => conditionOf(set.status.conditions, 'ReplicaFailure'))
    .find(Boolean);
  return {
    ...status,
    conditions: failure
      ? upsert(conditions, failure as ConditionContent, now)
      : withoutCondition(conditions, 'ReplicaFailure'),
  };
}

/** Milliseconds until the deadline of a rollout that is under way has to be looked at again. */
export function untilDeadline({ spec, status }: Deployment, now: Date): number | undefined {
  const progress = conditionOf(status.conditions, 'Progressing');
  if (!spec.progressDeadlineSeconds || !progress) return undefined;
  if (['NewReplicaSetAvailable', 'ProgressDeadlineExceeded'].includes(progress.reason ?? '')) {
    return undefined;
  }
  const deadline = deadlineOf(progress, spec.progressDeadlineSeconds);
  return Math.max(0, deadline - now.getTime()) + 1000;
}

export const isComplete = ({ spec, metadata }: Deployment, status: Status): boolean =>
  (status.updatedReplicas ?? 0) === spec.replicas &&
  (status.replicas ?? 0) === spec.replicas &&
  (status.availableReplicas ?? 0) === spec.replicas &&
  (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);

function withProgress(
  deployment: Deployment,
  status: Status,
  { metadata: { name } }: ReplicaSet,
  now: Date,
): Condition[] {
  const { conditions = [] } = status;
  const { progressDeadlineSeconds } = deployment.spec;
  if (!progressDeadlineSeconds) return withoutCondition(conditions, 'Progressing');
  const before = conditionOf(deployment.status.conditions, 'Progressing');
  const settled =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) &&
    before?.reason === 'NewReplicaSetAvailable';
  // Once it is complete the deadline never fires again, however the pods fare later.
  if (settled) return conditions;
  const progress = (reason: string, message: string, value: Condition['status'] = 'True') => ({
    type: 'Progressing',
    status: value,
    reason,
    message,
  });
  if (isComplete(deployment, status)) {
    const message = `ReplicaSet "${name}" has successfully progressed.`;
    return upsert(conditions, progress('NewReplicaSetAvailable', message), now);
  }
  if (hasProgressed(deployment.status, status)) {
    const content = progress('ReplicaSetUpdated', `ReplicaSet "${name}" is progressing.`);
    // Each step forward moves lastUpdateTime, from which the deadline counts.
    const moved = { ...before, reason: 'moved' } as Condition;
    const rest = withoutCondition(conditions, 'Progressing');
    return upsert(before ? [...rest, moved] : rest, content, now);
  }
  if (before && isTimedOut(before, progressDeadlineSeconds, now)) {
    const message = `ReplicaSet "${name}" has timed out progressing.`;
    return upsert(conditions, progress('ProgressDeadlineExceeded', message, 'False'), now);
  }
  return conditions;
}

function hasProgressed(before: Status, after: Status): boolean {
  const old = ({ replicas = 0, updatedReplicas = 0 }: Status) => replicas - updatedReplicas;
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

function isTimedOut(progress: Condition, deadlineSeconds: number, now: Date): boolean {
  if (progress.reason === 'NewReplicaSetAvailable') return false;
  if (progress.reason === 'ProgressDeadlineExceeded') return true;
  return deadlineOf(progress, deadlineSeconds) < now.getTime();
}

const deadlineOf = ({ lastUpdateTime = '' }: Condition, seconds: number): number =>
  Date.parse(lastUpdateTime) + seconds * 1000;

/** As `withCondition`, with the time of the last update that only Deployments have. */
function upsert(
  conditions: readonly Condition[] | undefined,
  content: ConditionContent,
  now: Date,
): Condition[] {
  const { type, status, reason, message } = content;
  const next = withCondition(conditions, { type, status, reason, message }, now);
  return next.map(condition =>
    condition.type === type && !condition.lastUpdateTime
      ? { ...condition, lastUpdateTime: timestamp(now) }
      : condition,
  );
}
