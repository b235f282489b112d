import type { KubeObject } from '../objects';

/** A way to look objects up by something in them. What is filed must not change: its place is found again by its content. */
export interface Index<T extends KubeObject> {
  /** Throws, and files nothing, for an object that is not of its kind. */
  add(object: T): void;
  remove(object: T): void;
}

/** Objects by any number of keys each. */
export class ObjectIndex<T extends KubeObject> implements Index<T> {
  readonly #byKey = new Map<string, Set<T>>();
  readonly #keysOf: (object: T) => readonly string[];

  constructor(keysOf: (object: T) => readonly string[]) {
    this.#keysOf = keysOf;
  }

  add(object: T) {
    for (const key of this.#keysOf(object)) {
      const filed = this.#byKey.get(key);
      if (filed) filed.add(object);
      else this.#byKey.set(key, new Set([object]));
    }
  }

  remove(object: T) {
    for (const key of this.#keysOf(object)) {
      const filed = this.#byKey.get(key);
      filed?.delete(object);
      if (filed?.size === 0) this.#byKey.delete(key);
    }
  }

  get(key: string): T[] {
    const filed = this.#byKey.get(key);
    return filed ? [...filed] : [];
  }
}
