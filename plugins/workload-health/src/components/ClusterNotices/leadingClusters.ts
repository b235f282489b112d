import type { ClusterHealth, EntityHealth } from '@waymark/backstage-plugin-workload-health-common';

/**
 * Clusters by the place of their notices: those that make anything unknown lead, for whoever reads on must know it. A
 * cluster that has nothing to do with what is shown does not stand before a fault that is known.
 */
export function leadingClusters({ status, workloads, clusters }: EntityHealth) {
  const leads = ({ name, state }: ClusterHealth) =>
    !workloads.length ||
    (state !== 'live' && status === 'unknown') ||
    workloads.some(({ cluster, lastKnown }) => cluster === name && lastKnown);
  return {
    leading: clusters.filter(leads),
    following: clusters.filter(cluster => !leads(cluster)),
  };
}
