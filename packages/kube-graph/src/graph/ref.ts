import { apiResources, groupOf, type Kind, type KubeObject } from '../objects';

/** Names one object within one cluster. */
export interface ObjectRef {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** `group/Kind/namespace/name`, with empty parts for the core group and for objects without namespace. */
export type ObjectId = string;

export const refOf = ({ apiVersion, kind, metadata }: KubeObject): ObjectRef =>
  refWith(groupOf(apiVersion), kind, metadata.namespace, metadata.name);

export const idOf = (object: KubeObject | ObjectRef): ObjectId =>
  'metadata' in object
    ? joined(
        groupOf(object.apiVersion),
        object.kind,
        object.metadata.namespace,
        object.metadata.name,
      )
    : joined(object.group, object.kind, object.namespace, object.name);

const joined = (group: string, kind: string, namespace = '', name = ''): ObjectId =>
  `${group}/${kind}/${namespace}/${name}`;

export function refOfId(id: ObjectId): ObjectRef {
  const [group, kind, namespace, name] = id.split('/');
  return refWith(group, kind, namespace, name);
}

export function refTo(kind: Kind, namespace: string | undefined, name: string): ObjectRef {
  const { group, namespaced } = apiResources[kind];
  return refWith(group, kind, namespaced ? namespace : undefined, name);
}

const refWith = (
  group: string,
  kind: string,
  namespace: string | undefined,
  name: string,
): ObjectRef => (namespace ? { group, kind, namespace, name } : { group, kind, name });

/** `Kind/name`, as kubectl prints it. */
export const formatRef = ({ kind, name }: Pick<ObjectRef, 'kind' | 'name'>) => `${kind}/${name}`;
