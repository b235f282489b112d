import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import { apiVersionOf } from '../../kubernetes/resources/Resource';
import type { Application, ResourceStatus } from '../application/Application';
import type { Health } from '../health/Health';
import { resourceHealth } from '../health/resourceHealth';

const empty = {
  sync: { status: '', comparedTo: { source: { repoURL: '' }, destination: {} } },
  health: {},
  summary: {},
  sourceHydrator: {},
};

/**
 * An application as the API answers: without kind and apiVersion, and with the health of each resource, which the
 * stored object does not carry.
 */
export function presentApplication(cluster: KubernetesCluster, application: Application) {
  const { metadata, spec, status, operation } = application;
  const resources = status?.resources?.map(resource => {
    const health = healthOf(cluster, resource);
    return health ? { ...resource, health } : resource;
  });
  return {
    metadata,
    spec,
    status: { ...empty, ...status, ...(resources && { resources }) },
    ...(operation && { operation }),
  };
}

function healthOf(
  cluster: KubernetesCluster,
  { group = '', version, kind, namespace, name }: ResourceStatus,
): Health | undefined {
  const live = cluster.get({ apiVersion: apiVersionOf({ group, version }), kind, namespace, name });
  return live ? resourceHealth(live) : { status: 'Missing' };
}
