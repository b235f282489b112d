import type { EntityHealth } from '@waymark/backstage-plugin-workload-health-common';

/** An answer that is too old to be taken for the present: unknown since it was given, as for a cluster that is gone. */
export const asLastKnown = (health: EntityHealth): EntityHealth => ({
  ...health,
  ...(health.status && { status: 'unknown' }),
  workloads: health.workloads.map(workload => {
    const { status, since, lastKnown = { status, since } } = workload;
    return {
      ...workload,
      status: 'unknown',
      since: workload.lastKnown ? since : health.at,
      lastKnown,
    };
  }),
});
