import type { KubeObject } from '../objects/KubeObject';
import { apiVersionOf, type Resource } from '../resources/Resource';

/** In which form the caller wants objects. */
export type Presentation = 'object' | 'metadata';

const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/**
 * Metadata only, where the first acceptable form says so. Tables are not offered: clients that ask for one name
 * plain JSON as their second choice.
 */
export function presentationFor(accept: string | undefined): Presentation {
  const [first = ''] = (accept ?? '').split(',').filter(form => !form.includes('as=Table'));
  return /as=PartialObjectMetadata(List)?\b/.test(first) ? 'metadata' : 'object';
}

export const mediaTypeOf = (presentation: Presentation, list: boolean): string => {
  if (presentation === 'object') return 'application/json';
  return list ? METADATA_LIST : METADATA;
};

const metadataOnly = ({ metadata }: KubeObject): KubeObject => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata,
});

export const presentOne = (object: KubeObject, presentation: Presentation): KubeObject =>
  presentation === 'metadata' ? metadataOnly(object) : object;

/** Items of built-in kinds carry neither kind nor apiVersion; those of custom resources do. */
function presentItem(object: KubeObject, resource: Resource, presentation: Presentation): unknown {
  if (presentation === 'metadata') return metadataOnly(object);
  const { kind: _kind, apiVersion: _apiVersion, ...item } = object;
  return isBuiltin(resource) ? item : object;
}

export const presentList = (
  items: readonly KubeObject[],
  resource: Resource,
  presentation: Presentation,
  metadata: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  kind: presentation === 'metadata' ? 'PartialObjectMetadataList' : `${resource.kind}List`,
  apiVersion: presentation === 'metadata' ? 'meta.k8s.io/v1' : apiVersionOf(resource),
  metadata,
  items: items.map(item => presentItem(item, resource, presentation)),
});

const isBuiltin = ({ group }: Resource): boolean =>
  !group.includes('.') ||
  (/\.k8s\.io$/.test(group) && !/^(gateway\.|autoscaling\.|secrets-store\.)/.test(group));
