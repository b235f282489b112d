import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { ApiError } from '../../kubernetes/status/ApiError';
import type { SyncStatus } from '../application/Application';
import { isHook } from './hooks';
import { keyOf, refOf } from './targetObjects';
import { ARGOCD_MANAGER } from './tracking';

/** One resource of an application, as it should be and as it is. */
export interface ComparedResource {
  key: string;
  target?: KubeObject;
  live?: KubeObject;
  status: SyncStatus;
}

/**
 * Compares wanted and live. A resource is in sync when applying it would change nothing, which is what Argo CD's
 * server-side diff asks as well: fields that others filled in do not count, fields that were ours and were changed do.
 */
export function compareApplication(
  cluster: KubernetesCluster,
  targets: readonly KubeObject[],
  deployed: readonly KubeObject[],
): ComparedResource[] {
  const compared = targets.map((target): ComparedResource => {
    const live = cluster.get(refOf(target));
    const status = live && isUnchanged(cluster, target, live) ? 'Synced' : 'OutOfSync';
    return { key: keyOf(target), target, live, status };
  });
  const wanted = new Set(compared.map(({ key }) => key));
  const extra = deployed
    .filter(live => !wanted.has(keyOf(live)) && !isHook(live))
    .map((live): ComparedResource => ({ key: keyOf(live), live, status: 'OutOfSync' }));
  return [...compared, ...extra].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function isUnchanged(cluster: KubernetesCluster, target: KubeObject, live: KubeObject): boolean {
  try {
    return cluster.apply(target, { manager: ARGOCD_MANAGER, dryRun: true }) === live;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}
