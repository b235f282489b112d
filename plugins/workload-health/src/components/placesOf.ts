import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';

interface Place {
  readonly cluster: string;
  readonly namespace?: string;
}

/**
 * Says where an object is, in as few words as tell those of one page apart: its cluster where there is more than one,
 * its namespace likewise, nothing where all are in one place.
 */
export function placesOf(workloads: readonly WorkloadHealth[]): (place: Place) => string {
  const clusters = new Set(workloads.map(({ cluster }) => cluster));
  const namespaces = new Set(workloads.map(({ workload }) => workload.namespace));
  return ({ cluster, namespace }) =>
    [clusters.size > 1 && cluster, namespaces.size > 1 && namespace].filter(Boolean).join(' · ');
}
