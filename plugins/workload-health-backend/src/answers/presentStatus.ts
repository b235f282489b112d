import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import type { ClusterStanding } from './clusterStanding';

type PresentStatus = Pick<WorkloadHealth, 'status' | 'since' | 'lastKnown'>;

/**
 * What may be said of a workload now. The verdicts of a cluster that is not heard of stay as they were, so that here is
 * where they become history: unknown since the last contact, beside what was known until then.
 */
export function presentStatus(
  known: Pick<WorkloadHealth, 'status' | 'since'>,
  cluster: ClusterStanding | undefined,
): PresentStatus {
  const { status, since } = known;
  if (cluster?.trusted) return { status, since };
  return {
    status: 'unknown',
    since: cluster?.health.lastContact ?? since,
    lastKnown: { status, since },
  };
}
