import type { Pod } from '@waymark/kube-graph';
import {
  containersOf,
  lastTerminationOf,
  type ContainerView,
  type LastTermination,
} from '../../pods/containers';
import type { Clock } from '../../verdict/Clock';

/** A termination counts for an hour. Source: consolidated rules, row "crash"; kubectl-status shows previous logs for as long. */
export const RECENT_SECONDS = 3600;

/** After so long without a crash the kubelet forgets the back-off. Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy */
const STABLE_SECONDS = 600;

/** One crash is bad luck, two are a loop. Source: robusta's CrashLoop trigger. */
const LOOP = 2;

/** So many restarts within the hour are a loop however long the container runs in between. Source: readiness rule live-crashloop. */
const SLOW_LOOP = 5;

/** A run no longer than this is one of a slow loop: so often in an hour there is no time for longer ones. */
const SLOW_LOOP_RUN_SECONDS = RECENT_SECONDS / SLOW_LOOP;

/** When an end is a crash, and when that is an alarm: for the pages of the causes. */
export const COUNTS_AS_CRASH = `it waits for its next start, has run for less than ${STABLE_SECONDS / 60} min since, or ended within the last ${RECENT_SECONDS / 3600} h and has been restarted ${SLOW_LOOP} times, in a pod no older than that or after a run of at most ${SLOW_LOOP_RUN_SECONDS / 60} min`;
export const CRASH_ALARM = `it is an alarm from end ${LOOP} on, or with reason CrashLoopBackOff`;

type Termination = LastTermination['termination'];

export interface Crash extends LastTermination {
  readonly view: ContainerView;
  readonly restarts: number;
  /** A first crash is no alarm yet: the next start may succeed. */
  readonly status: 'progressing' | 'degraded';
}

/** The containers of a pod that crash now, or did so lately and have not settled since. A restart of long ago is none. */
export const crashesOf = (pod: Pod, clock: Clock): Crash[] =>
  containersOf(pod).flatMap(view => crashOf(view, clock) ?? []);

function crashOf(view: ContainerView, clock: Clock): Crash | undefined {
  const last = lastTerminationOf(view);
  if (!last || isExpectedEnd(view, last)) return undefined;
  const restarts = view.status.restartCount ?? 0;
  const status = last.current ? statusOfEnded(view, restarts) : statusOfRunning(view, last, clock);
  return status && { ...last, view, restarts, status };
}

/** An init container ends when its work is done; so does the container of a pod that is not always restarted. */
function isExpectedEnd({ role, pod }: ContainerView, { termination }: LastTermination): boolean {
  if (termination.exitCode !== 0) return false;
  return role === 'init' || (role === 'main' && (pod.spec?.restartPolicy ?? 'Always') !== 'Always');
}

function statusOfEnded({ status }: ContainerView, restarts: number): Crash['status'] {
  const backsOff = status.state?.waiting?.reason === 'CrashLoopBackOff';
  return backsOff || restarts + 1 >= LOOP ? 'degraded' : 'progressing';
}

function statusOfRunning(
  { status, role, pod }: ContainerView,
  { termination }: LastTermination,
  clock: Clock,
): Crash['status'] | undefined {
  const restarts = status.restartCount ?? 0;
  if (!clock.within(termination.finishedAt, RECENT_SECONDS)) return undefined;
  const unsettled = clock.within(status.state?.running?.startedAt, STABLE_SECONDS);
  if (restarts >= SLOW_LOOP && isSlowLoop(pod, termination, clock)) return 'degraded';
  if (!unsettled) return undefined;
  if (restarts >= LOOP) return 'degraded';
  return status.ready || role === 'init' ? undefined : 'progressing';
}

/** `restartCount` is that of the pod's whole life: five in three months are no loop. */
function isSlowLoop(pod: Pod, { startedAt, finishedAt }: Termination, clock: Clock): boolean {
  const ranMs = Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '');
  if (ranMs <= SLOW_LOOP_RUN_SECONDS * 1000) return true;
  return clock.within(pod.metadata.creationTimestamp, RECENT_SECONDS);
}
