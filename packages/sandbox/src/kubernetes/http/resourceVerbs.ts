import type { Resource } from '../resources/Resource';

export const RESOURCE_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const;

export const SUBRESOURCE_VERBS = ['get', 'patch', 'update'] as const;

const scalable = ['Deployment', 'ReplicaSet', 'StatefulSet'];

/** What is served below one object of the kind. */
export function subresourcesOf({ kind, group, statusSubresource }: Resource): string[] {
  return [
    ...(statusSubresource ? ['status'] : []),
    ...(group === 'apps' && scalable.includes(kind) ? ['scale'] : []),
    ...(kind === 'Pod' ? ['log', 'eviction'] : []),
  ];
}
