import type { KubeObject } from '@waymark/kube-graph';

/**
 * Whether two trimmed states of an object differ in anything that is read. A node's heartbeat, a renewed annotation or
 * a write that changed nothing moves the resource version only. Equal versions are equal without looking, as long as
 * the object is the same one: a cluster restored from a backup counts again from a lower number.
 */
export function sameContent(a: KubeObject, b: KubeObject): boolean {
  const { uid, resourceVersion } = b.metadata;
  const known = a.metadata;
  if (uid && resourceVersion && known.uid === uid && known.resourceVersion === resourceVersion)
    return true;
  return equal(withoutVersion(a), withoutVersion(b));
}

const withoutVersion = (object: KubeObject) => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: undefined },
});

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]))
    );
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(key => Object.hasOwn(right, key) && equal(left[key], right[key]));
}
