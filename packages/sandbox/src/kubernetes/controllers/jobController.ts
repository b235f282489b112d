import type { Condition } from '../objects/KubeObject';
import type { Pod } from '../objects/pod';
import type { Job } from '../objects/workload';
import { timestamp } from '../store/transitions';
import { withCondition } from './conditions';
import type { Controller, ControllerContext } from './Controller';
import { omitZero } from './omitZero';
import { controlledBy, keyOf, ownerOfKind } from './ownership';
import { isActive, isReady, podFrom } from './podState';

/** Pods of a Job are replaced after 10 s, doubled up to 10 min. */
const FIRST_RETRY_MILLISECONDS = 10_000;
const LAST_RETRY_MILLISECONDS = 600_000;

/** Job → pods until enough of them have succeeded, or too many failed. */
export const jobController: Controller = {
  name: 'job-controller',

  *affected({ object }) {
    if (object.kind === 'Job') yield keyOf(object);
    if (object.kind === 'Pod') yield* ownerOfKind(object, 'Job');
  },

  reconcile(key, context) {
    const job = context.cluster.get({ kind: 'Job', ...key });
    if (!job || job.metadata.deletionTimestamp) return;
    if (isFinished(job)) {
      expire(job, context);
      return;
    }
    const pods = controlledBy(context.cluster, 'Pod', job);
    const end = endOf(job, pods, context.cluster.timeline.now());
    if (end) finish(job, pods, end, context);
    else carryOn(job, pods, context);
  },
};

interface End {
  readonly type: 'Complete' | 'Failed';
  readonly reason: string;
  readonly message: string;
}

const isFinished = ({ status }: Job) =>
  status.conditions?.some(
    ({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True',
  );

const countOf = (pods: readonly Pod[], phase: string) =>
  pods.filter(({ status }) => status.phase === phase).length;

function endOf({ spec, status }: Job, pods: readonly Pod[], now: Date): End | undefined {
  if (countOf(pods, 'Succeeded') >= spec.completions) {
    const message = 'Reached expected number of succeeded pods';
    return { type: 'Complete', reason: 'CompletionsReached', message };
  }
  // With restartPolicy OnFailure the restarts inside a pod count as failures too.
  const restarts = pods
    .filter(pod => pod.spec.restartPolicy === 'OnFailure' && isActive(pod))
    .flatMap(pod => pod.status.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  if (countOf(pods, 'Failed') > spec.backoffLimit || restarts > spec.backoffLimit) {
    const message = 'Job has reached the specified backoff limit';
    return { type: 'Failed', reason: 'BackoffLimitExceeded', message };
  }
  const { activeDeadlineSeconds } = spec;
  const started = Date.parse(status.startTime ?? '');
  if (activeDeadlineSeconds && now.getTime() - started >= activeDeadlineSeconds * 1000) {
    const message = 'Job was active longer than specified deadline';
    return { type: 'Failed', reason: 'DeadlineExceeded', message };
  }
  return undefined;
}

function carryOn(job: Job, pods: readonly Pod[], context: ControllerContext): void {
  const { cluster, events, requeue } = context;
  const now = cluster.timeline.now();
  const { parallelism, completions, suspend, activeDeadlineSeconds } = job.spec;
  const active = pods.filter(isActive);
  const wanted = suspend ? 0 : Math.min(parallelism, completions - countOf(pods, 'Succeeded'));
  const pause = pauseAfter(pods, now);
  if (active.length < wanted && pause > 0) {
    requeue(keyOf(job), pause);
  } else {
    for (let count = active.length; count < wanted; count++) {
      const generateName = `${job.metadata.name}-`;
      const pod = cluster.create(podFrom(job.spec.template, job, { generateName }));
      const message = `Created pod: ${pod.metadata.name}`;
      events.record(job, { type: 'Normal', reason: 'SuccessfulCreate', message });
    }
  }
  active.slice(wanted).forEach(pod => cluster.remove({ kind: 'Pod', ...keyOf(pod) }));
  writeStatus(job, context, suspend ? suspended(job, now) : job.status.conditions);
  if (activeDeadlineSeconds) requeue(keyOf(job), activeDeadlineSeconds * 1000);
}

function suspended({ status }: Job, now: Date): Condition[] {
  const content = { type: 'Suspended', reason: 'JobSuspended', message: 'Job suspended' };
  return withCondition(status.conditions, { ...content, status: 'True' }, now);
}

/** How long to wait before the next pod, counted from the last failure. */
function pauseAfter(pods: readonly Pod[], now: Date): number {
  const ends = pods
    .filter(({ status }) => status.phase === 'Failed')
    .flatMap(({ status }) => status.containerStatuses ?? [])
    .map(({ state }) => Date.parse(state.terminated?.finishedAt ?? ''))
    .filter(time => !Number.isNaN(time));
  if (ends.length === 0) return 0;
  const pause = Math.min(
    FIRST_RETRY_MILLISECONDS * 2 ** (ends.length - 1),
    LAST_RETRY_MILLISECONDS,
  );
  return Math.max(0, Math.max(...ends) + pause - now.getTime());
}

/** The interim condition first, then, with the pods gone, the final one: both stay. */
function finish(job: Job, pods: readonly Pod[], end: End, context: ControllerContext): void {
  const { cluster, events } = context;
  const { type, reason, message } = end;
  const now = cluster.timeline.now();
  pods.filter(isActive).forEach(pod => cluster.remove({ kind: 'Pod', ...keyOf(pod) }));
  const interim = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  const first = withCondition(
    job.status.conditions,
    { type: interim, status: 'True', reason, message },
    now,
  );
  const conditions = withCondition(first, { type, status: 'True', reason, message }, now);
  writeStatus(job, context, conditions, type === 'Complete' ? timestamp(now) : undefined);
  events.record(
    job,
    type === 'Complete'
      ? { type: 'Normal', reason: 'Completed', message: 'Job completed' }
      : { type: 'Warning', reason, message },
  );
  expire(job, context);
}

function writeStatus(
  job: Job,
  { cluster }: ControllerContext,
  conditions: readonly Condition[] | undefined,
  completionTime?: string,
): void {
  const pods = controlledBy(cluster, 'Pod', job);
  const active = pods.filter(isActive);
  const startTime = job.status.startTime ?? timestamp(cluster.timeline.now());
  cluster.modify(
    job,
    draft => {
      draft.status = {
        ...(conditions && conditions.length > 0 && { conditions: [...conditions] }),
        ...(!job.spec.suspend && { startTime }),
        ...(completionTime && { completionTime }),
        ...omitZero({
          active: active.length,
          succeeded: countOf(pods, 'Succeeded'),
          failed: Math.max(countOf(pods, 'Failed'), job.status.failed ?? 0),
        }),
        ready: active.filter(isReady).length,
        terminating: pods.filter(({ metadata }) => metadata.deletionTimestamp).length,
        uncountedTerminatedPods: {},
      };
    },
    'status',
  );
}

/** A finished Job goes by itself when it says after how long. */
function expire(job: Job, { cluster, requeue }: ControllerContext): void {
  const { ttlSecondsAfterFinished: seconds } = job.spec;
  if (seconds === undefined) return;
  const ends = (job.status.conditions ?? []).map(({ lastTransitionTime = '' }) =>
    Date.parse(lastTransitionTime),
  );
  const left = Math.max(...ends) + seconds * 1000 - cluster.timeline.now().getTime();
  if (left > 0) requeue(keyOf(job), left);
  else if (isFinished(job)) cluster.remove({ kind: 'Job', ...keyOf(job) });
}
