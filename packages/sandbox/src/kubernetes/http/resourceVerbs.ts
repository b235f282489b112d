import type { Resource } from '../resources/Resource';

export const RESOURCE_VERBS = [
  'create',
  'delete',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const;

export const SUBRESOURCE_VERBS = ['get', 'patch', 'update'] as const;

/** What is served below one object of the kind. */
export function subresourcesOf({ kind, statusSubresource }: Resource): string[] {
  return [...(statusSubresource ? ['status'] : []), ...(kind === 'Pod' ? ['log'] : [])];
}
