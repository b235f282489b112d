import { apiResources, type Kind, type ObjectOf } from './kinds';
import type { KubeObject } from './metadata';

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Asked of every object by every lookup: comparing in place spares the string that `groupOf` makes. */
const isInGroup = (apiVersion: string, group: string) =>
  group
    ? apiVersion.startsWith(group) && apiVersion[group.length] === '/'
    : !apiVersion.includes('/');

/** Narrows an object to a kind that Waymark types. A kind of the same name in another group (Knative's Service) is not it. */
export function isObjectOf<K extends Kind>(kind: K, object: KubeObject): object is ObjectOf<K> {
  return object.kind === kind && isInGroup(object.apiVersion, apiResources[kind].group);
}

const groups: ReadonlyMap<string, string> = new Map(
  Object.entries(apiResources).map(([kind, { group }]) => [kind, group]),
);

export function kindOf({ apiVersion, kind }: KubeObject): Kind | undefined {
  const group = groups.get(kind);
  return group !== undefined && isInGroup(apiVersion, group) ? (kind as Kind) : undefined;
}
