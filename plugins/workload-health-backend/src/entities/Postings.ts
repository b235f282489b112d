/** Items by any number of keys each; replacing an item replaces its keys. */
export class Postings<T> {
  readonly #byKey = new Map<string, Map<string, T>>();
  readonly #keysOf = new Map<string, readonly string[]>();

  get size() {
    return this.#keysOf.size;
  }

  set(id: string, item: T, keys: readonly string[]) {
    this.delete(id);
    this.#keysOf.set(id, keys);
    for (const key of keys) {
      const items = this.#byKey.get(key);
      if (items) items.set(id, item);
      else this.#byKey.set(key, new Map([[id, item]]));
    }
  }

  delete(id: string) {
    for (const key of this.#keysOf.get(id) ?? []) {
      const items = this.#byKey.get(key);
      items?.delete(id);
      if (items?.size === 0) this.#byKey.delete(key);
    }
    this.#keysOf.delete(id);
  }

  /** The items under any of the keys, each once. */
  under(keys: readonly string[]): T[] {
    const found = new Map<string, T>();
    for (const key of keys) {
      for (const [id, item] of this.#byKey.get(key) ?? []) found.set(id, item);
    }
    return [...found.values()];
  }
}

export const EVERYTHING = '*';
export const applicationKey = (application: string) => `application ${application}`;
