import type { KubeObject } from '../objects';
import type { ObjectId } from './ref';

/** Objects by any number of string keys each. Replacing an object replaces its keys. */
export class ObjectIndex<T extends KubeObject> {
  readonly #byKey = new Map<string, Map<ObjectId, T>>();
  readonly #keysOf = new Map<ObjectId, readonly string[]>();

  set(id: ObjectId, object: T, keys: readonly string[]) {
    this.delete(id);
    if (!keys.length) return;
    this.#keysOf.set(id, keys);
    for (const key of keys) {
      const entries = this.#byKey.get(key);
      if (entries) entries.set(id, object);
      else this.#byKey.set(key, new Map([[id, object]]));
    }
  }

  delete(id: ObjectId) {
    const keys = this.#keysOf.get(id);
    if (!keys) return;
    for (const key of keys) {
      const entries = this.#byKey.get(key);
      entries?.delete(id);
      if (entries?.size === 0) this.#byKey.delete(key);
    }
    this.#keysOf.delete(id);
  }

  get(key: string): T[] {
    return [...(this.#byKey.get(key)?.values() ?? [])];
  }

  count(key: string): number {
    return this.#byKey.get(key)?.size ?? 0;
  }
}
