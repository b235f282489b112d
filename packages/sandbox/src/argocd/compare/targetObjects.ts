import { createHash } from 'node:crypto';
import type { KubeObject, ObjectRef } from '../../kubernetes/objects/KubeObject';
import type { ResourceCatalog } from '../../kubernetes/resources/ResourceCatalog';
import type { Application } from '../application/Application';
import { isHook } from './hooks';
import { tracked } from './tracking';

export interface Targets {
  resources: KubeObject[];
  hooks: KubeObject[];
}

/** What the manifests mean in the cluster: in the application's namespace, marked as its own, each object once. */
export function targetObjects(
  { metadata, spec }: Application,
  manifests: readonly KubeObject[],
  catalog: ResourceCatalog,
): Targets {
  const namespace = spec.destination.namespace ?? 'default';
  const placed = manifests.map(object => {
    const namespaced = catalog.byKind(object.kind, object.apiVersion)?.namespaced ?? true;
    const { namespace: own = namespace, ...rest } = object.metadata;
    const place = { ...rest, name: nameOf(object), ...(namespaced && { namespace: own }) };
    return tracked(metadata.name, { ...object, metadata: place }, namespace);
  });
  const unique = [...new Map(placed.map(object => [keyOf(object), object])).values()];
  return {
    resources: unique.filter(object => !isHook(object)),
    hooks: unique.filter(isHook),
  };
}

/** Group, kind, namespace and name: two versions of a kind are the same object. */
export function keyOf({ apiVersion, kind, metadata }: KubeObject): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return `${group}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

export const refOf = ({ apiVersion, kind, metadata }: KubeObject): ObjectRef => ({
  apiVersion,
  kind,
  namespace: metadata.namespace,
  name: metadata.name,
});

/** Hooks may leave the end of their name to the deployer: the same hook gets the same one. */
function nameOf(object: KubeObject): string {
  const { name, generateName } = object.metadata;
  if (name) return name;
  const end = createHash('sha256').update(JSON.stringify(object)).digest('hex').slice(0, 7);
  return `${generateName}${end}`;
}
