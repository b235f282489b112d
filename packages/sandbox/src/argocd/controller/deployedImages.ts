import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { imagesOf } from '../application/imagesOf';

/** Images of the pods below the deployed objects: during a rollout the old and the new ones. */
export function deployedImages(
  cluster: KubernetesCluster,
  deployed: readonly KubeObject[],
): string[] {
  const namespaces = new Set(deployed.map(({ metadata }) => metadata.namespace).filter(Boolean));
  const owners = new Set(deployed.map(({ metadata }) => metadata.uid));
  const images = [...namespaces].flatMap(namespace => {
    // A Job of a CronJob and a ReplicaSet of a Deployment stand between: their pods count as well.
    for (const kind of ['ReplicaSet', 'Job']) {
      for (const { metadata } of cluster.list(kind, { namespace })) {
        if (metadata.ownerReferences?.some(({ uid }) => owners.has(uid))) owners.add(metadata.uid);
      }
    }
    return cluster
      .list('Pod', { namespace })
      .filter(({ metadata }) => isBelow(metadata, owners))
      .flatMap(imagesOf);
  });
  return [...new Set(images)].sort();
}

const isBelow = (
  { uid, ownerReferences = [] }: KubeObject['metadata'],
  owners: ReadonlySet<string | undefined>,
): boolean => owners.has(uid) || ownerReferences.some(owner => owners.has(owner.uid));
