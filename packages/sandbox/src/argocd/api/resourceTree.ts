import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { apiVersionOf, parseApiVersion } from '../../kubernetes/resources/Resource';
import type { Application } from '../application/Application';
import { imagesOf } from '../application/imagesOf';
import { resourceHealth } from '../health/resourceHealth';

/** Kinds that others make: objects below a deployed one are of these. */
const childKinds = ['ReplicaSet', 'Job', 'Pod', 'EndpointSlice'];

/** What the application deployed and what has grown out of it, each node naming its parent. */
export function resourceTree(cluster: KubernetesCluster, { status }: Application) {
  const roots = (status?.resources ?? []).flatMap(
    ({ group = '', version, kind, namespace, name }) =>
      cluster.get({ apiVersion: apiVersionOf({ group, version }), kind, namespace, name }) ?? [],
  );
  const nodes = new Map(roots.map(object => [object.metadata.uid, object]));
  const namespaces = new Set(roots.map(({ metadata }) => metadata.namespace).filter(Boolean));
  for (const kind of childKinds) {
    for (const namespace of namespaces) {
      for (const object of cluster.list(kind, { namespace })) {
        const owners = object.metadata.ownerReferences ?? [];
        if (owners.some(({ uid }) => nodes.has(uid))) nodes.set(object.metadata.uid, object);
      }
    }
  }
  return { nodes: [...nodes.values()].map(toNode) };
}

const identity = (apiVersion: string) => {
  const { group, version } = parseApiVersion(apiVersion);
  return { ...(group && { group }), version };
};

function toNode(object: KubeObject) {
  const { apiVersion, kind, metadata } = object;
  const { namespace, name, uid, resourceVersion, creationTimestamp } = metadata;
  const health = resourceHealth(object);
  const images = kind === 'Pod' ? imagesOf(object) : [];
  const parents = (metadata.ownerReferences ?? []).map(owner => ({
    ...identity(owner.apiVersion),
    kind: owner.kind,
    ...(namespace && { namespace }),
    name: owner.name,
    uid: owner.uid,
  }));
  return {
    ...identity(apiVersion),
    kind,
    ...(namespace && { namespace }),
    name,
    uid,
    ...(parents.length > 0 && { parentRefs: parents }),
    resourceVersion,
    ...(images.length > 0 && { images }),
    ...(health && { health }),
    createdAt: creationTimestamp,
  };
}
