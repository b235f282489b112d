import { matchesLabels } from '@waymark/kube-graph';
import type { EntitySelector, Owned } from './EntitySelector';

/** Whether a workload is one of the entity's. */
export function owns(selector: EntitySelector, workload: Owned): boolean {
  const { clusters, namespaces, labels, applications } = selector;
  if (clusters && !clusters.includes(workload.cluster)) return false;
  if (namespaces && !namespaces.includes(workload.namespace ?? '')) return false;
  if (applications)
    return workload.application !== undefined && applications.includes(workload.application);
  return matchesLabels(labels, workload.labels);
}
