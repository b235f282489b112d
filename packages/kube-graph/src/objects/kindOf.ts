import { apiResources, isKind, type Kind, type ObjectOf } from './kinds';
import type { KubeObject } from './metadata';

export const groupOf = (apiVersion: string) =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

/** Narrows an object to a kind that Waymark types. A kind of the same name in another group (Knative's Service) is not it. */
export function isObjectOf<K extends Kind>(kind: K, object: KubeObject): object is ObjectOf<K> {
  return object.kind === kind && groupOf(object.apiVersion) === apiResources[kind].group;
}

export function kindOf(object: KubeObject): Kind | undefined {
  return isKind(object.kind) && isObjectOf(object.kind, object) ? object.kind : undefined;
}
