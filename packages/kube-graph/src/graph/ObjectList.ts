import type { KubeObject } from '../objects';
import type { Index } from './ObjectIndex';

/** Objects in the order in which they came, all of them or those of one namespace. `''` is the namespace of what has none. */
export class ObjectList<T extends KubeObject> implements Index<T> {
  readonly #all = new Set<T>();
  readonly #byNamespace = new Map<string, Set<T>>();

  add(object: T) {
    const { namespace = '' } = object.metadata;
    this.#all.add(object);
    const neighbours = this.#byNamespace.get(namespace);
    if (neighbours) neighbours.add(object);
    else this.#byNamespace.set(namespace, new Set([object]));
  }

  remove(object: T) {
    const { namespace = '' } = object.metadata;
    this.#all.delete(object);
    const neighbours = this.#byNamespace.get(namespace);
    neighbours?.delete(object);
    if (neighbours?.size === 0) this.#byNamespace.delete(namespace);
  }

  get(namespace?: string): T[] {
    const listed = namespace === undefined ? this.#all : this.#byNamespace.get(namespace);
    return listed ? [...listed] : [];
  }
}
