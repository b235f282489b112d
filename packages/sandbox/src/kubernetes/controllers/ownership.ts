import type { KubernetesCluster } from '../KubernetesCluster';
import type { KubeObject, OwnerReference } from '../objects/KubeObject';
import type { ObjectOf } from '../objects/Kinds';
import type { ObjectKey } from './Controller';

export const controllerRefTo = ({ apiVersion, kind, metadata }: KubeObject): OwnerReference => ({
  apiVersion,
  kind,
  name: metadata.name,
  uid: metadata.uid ?? '',
  controller: true,
  blockOwnerDeletion: true,
});

export const controllerOf = ({ metadata }: KubeObject): OwnerReference | undefined =>
  metadata.ownerReferences?.find(({ controller }) => controller);

/** The key of the object's controller, if that is of the kind. */
export function* ownerOfKind(object: KubeObject, kind: string): Iterable<ObjectKey> {
  const owner = controllerOf(object);
  if (owner?.kind === kind) yield { namespace: object.metadata.namespace, name: owner.name };
}

/** Everything of a kind that the owner controls. */
export const controlledBy = <K extends string>(
  cluster: KubernetesCluster,
  kind: K,
  owner: KubeObject,
): ObjectOf<K>[] =>
  cluster
    .list(kind, { namespace: owner.metadata.namespace })
    .filter(object => controllerOf(object)?.uid === owner.metadata.uid);

export const keyOf = ({ metadata: { namespace, name } }: KubeObject): ObjectKey => ({
  namespace,
  name,
});
