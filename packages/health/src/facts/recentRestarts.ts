import type { Pod } from '@waymark/kube-graph';
import { containersOf, lastTerminationOf } from '../pods/containers';
import type { Clock } from '../verdict/Clock';

const HOUR_SECONDS = 3600;

/**
 * Restarts of the last hour. A pod younger than that has only such; of an older one the last restart is all that its
 * state tells, so that this is a lower bound.
 */
export const recentRestarts = (pods: readonly Pod[], clock: Clock): number =>
  pods.reduce((sum, pod) => sum + restartsOf(pod, clock), 0);

function restartsOf(pod: Pod, clock: Clock): number {
  const young = clock.within(pod.metadata.creationTimestamp, HOUR_SECONDS);
  return containersOf(pod).reduce((sum, view) => {
    const restarts = view.status.restartCount ?? 0;
    if (young) return sum + restarts;
    const ended = lastTerminationOf(view)?.termination.finishedAt;
    return sum + (restarts > 0 && clock.within(ended, HOUR_SECONDS) ? 1 : 0);
  }, 0);
}
