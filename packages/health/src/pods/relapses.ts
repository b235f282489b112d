import type { Pod } from '@waymark/kube-graph';
import type { Clock } from '../verdict/Clock';
import { containersOf } from './containers';

/** A run that crashes within a minute has served nobody worth counting. */
const SHORT_RUN_SECONDS = 60;

/**
 * Whether a pod that calls itself ready is between two crashes: a container without a readiness probe is ready the moment
 * it starts, so that every restart of a crash loop would look like a recovery. It counts again once it has outlived its
 * last run.
 */
export function isBetweenCrashes(pod: Pod, clock: Clock): boolean {
  return containersOf(pod).some(({ status, role }) => {
    const { startedAt, finishedAt } = status.lastState?.terminated ?? {};
    const runningSince = status.state?.running?.startedAt;
    if (role === 'init' || !runningSince || !startedAt || !finishedAt) return false;
    const lastRun = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
    return (
      (status.restartCount ?? 0) > 1 &&
      lastRun <= SHORT_RUN_SECONDS &&
      !clock.lasted(runningSince, lastRun + 1)
    );
  });
}
