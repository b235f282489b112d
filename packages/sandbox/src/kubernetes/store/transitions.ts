import equal from 'fast-deep-equal';
import type { KubeObject } from '../objects/KubeObject';
import type { Resource } from '../resources/Resource';
import type { Identities } from './Identities';

/** RFC 3339 in whole seconds, as metav1.Time prints itself. */
export const timestamp = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

const withoutMeta = ({ metadata: _, ...rest }: KubeObject): Record<string, unknown> => rest;

/** The first stored form of a new object. */
export function born(
  object: KubeObject,
  resource: Resource,
  { now, identities }: { now: Date; identities: Identities },
): KubeObject {
  const { generateName, name, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: {
      name: name || (generateName ? `${generateName}${identities.suffix()}` : ''),
      ...(generateName && { generateName }),
      ...metadata,
      uid: identities.uid(),
      creationTimestamp: timestamp(now),
      ...(resource.counted && { generation: 1 }),
    },
  };
}

/**
 * The next stored form, or the current one itself when nothing differs. The API server owns identity and
 * generation; status and the rest have separate ways in where the resource has a status subresource.
 */
export function successor(
  current: KubeObject,
  wanted: KubeObject,
  resource: Resource,
  part: 'all' | 'status',
): KubeObject {
  const next = resource.statusSubresource ? onlyPart(current, wanted, part) : wanted;
  const { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds } =
    current.metadata;
  const metadata: KubeObject['metadata'] = {
    ...next.metadata,
    uid,
    creationTimestamp,
    resourceVersion: current.metadata.resourceVersion,
    ...(generation !== undefined && {
      generation: generation + (countsAsChange(current, next, resource, part) ? 1 : 0),
    }),
    ...(deletionTimestamp && { deletionTimestamp, deletionGracePeriodSeconds }),
  };
  const result = { ...next, metadata };
  return equal(result, current) ? current : result;
}

function onlyPart(current: KubeObject, wanted: KubeObject, part: 'all' | 'status'): KubeObject {
  if (part === 'status') {
    // Annotations may be written along with a status: that is how a Deployment gets its revision.
    const { annotations } = wanted.metadata;
    const metadata = { ...current.metadata, ...(annotations && { annotations }) };
    return { ...current, metadata, status: wanted.status };
  }
  const { status: _, ...rest } = wanted;
  return current.status === undefined
    ? (rest as KubeObject)
    : ({ ...rest, status: current.status } as KubeObject);
}

function countsAsChange(
  current: KubeObject,
  next: KubeObject,
  resource: Resource,
  part: 'all' | 'status',
): boolean {
  const desired = (object: KubeObject) => {
    const { status, ...rest } = withoutMeta(object);
    if (object.kind === 'Pod') return withoutBinding(rest);
    return resource.statusSubresource ? rest : { ...rest, status };
  };
  if (!equal(desired(current), desired(next))) return true;
  // pkg/registry/apps/deployment/strategy.go: the annotations of a Deployment count too.
  return (
    part === 'all' &&
    resource.kind === 'Deployment' &&
    !equal(current.metadata.annotations, next.metadata.annotations)
  );
}

/** Binding a pod to a node is the scheduler's doing and no new generation. */
const withoutBinding = ({ spec }: Record<string, unknown>): unknown => ({
  ...(spec as Record<string, unknown>),
  nodeName: undefined,
});
