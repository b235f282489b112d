import type { KubeObject } from '../objects';
import type { Index } from './ObjectIndex';

/** The objects of one kind by namespace and name. Lists come in the order in which the objects came. */
export class KindObjects<T extends KubeObject> implements Index<T> {
  readonly #all = new Set<T>();
  readonly #named = new Map<string, Map<string, T>>();

  get size() {
    return this.#all.size;
  }

  add(object: T) {
    const { namespace = '', name } = object.metadata;
    const neighbours = this.#named.get(namespace);
    if (neighbours) neighbours.set(name, object);
    else this.#named.set(namespace, new Map([[name, object]]));
    this.#all.add(object);
  }

  remove(object: T) {
    const { namespace = '', name } = object.metadata;
    const neighbours = this.#named.get(namespace);
    neighbours?.delete(name);
    if (neighbours?.size === 0) this.#named.delete(namespace);
    this.#all.delete(object);
  }

  get(namespace: string | undefined, name: string): T | undefined {
    return this.#named.get(namespace ?? '')?.get(name);
  }

  list(namespace?: string): T[] {
    if (namespace === undefined) return [...this.#all];
    const neighbours = this.#named.get(namespace);
    return neighbours ? [...neighbours.values()] : [];
  }
}
