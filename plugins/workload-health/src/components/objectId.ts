import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';

/** Tells objects of an entity apart: one name may occur in many clusters, namespaces and kinds. */
export const objectId = (cluster: string, object: WorkloadHealth['workload']): string =>
  [cluster, object.namespace ?? '', object.group, object.kind, object.name].join('/');
