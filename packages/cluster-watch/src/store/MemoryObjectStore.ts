import { idOf, type Change, type Kind, type KubeObject, type ObjectId } from '@waymark/kube-graph';
import type { ObjectStore } from './ObjectStore';
import { sameContent } from './sameContent';

/** Objects by kind and id. Each is kept once; what arrives with nothing new but its resource version is no change. */
export class MemoryObjectStore implements ObjectStore {
  readonly #kinds = new Map<string, Map<ObjectId, KubeObject>>();

  get size() {
    let size = 0;
    for (const objects of this.#kinds.values()) size += objects.size;
    return size;
  }

  *objects(kind?: Kind): Iterable<KubeObject> {
    if (kind) {
      yield* this.#kinds.get(kind)?.values() ?? [];
      return;
    }
    for (const objects of this.#kinds.values()) yield* objects.values();
  }

  replace(kind: Kind, objects: readonly KubeObject[]): readonly Change[] {
    const known = this.#kinds.get(kind);
    const listed = new Set(objects.map(idOf));
    const changes: Change[] = [];
    for (const [id, object] of known ?? []) {
      if (!listed.has(id)) changes.push(...this.apply({ type: 'delete', object }));
    }
    for (const object of objects) changes.push(...this.apply({ type: 'upsert', object }));
    return changes;
  }

  apply(change: Change): readonly Change[] {
    const { type, object } = change;
    const objects = this.#ofKind(object.kind);
    const id = idOf(object);
    const known = objects.get(id);
    if (type === 'delete') {
      if (!known) return [];
      objects.delete(id);
      return [{ type, object: known }];
    }
    if (known && sameContent(known, object)) {
      known.metadata.resourceVersion = object.metadata.resourceVersion;
      return [];
    }
    objects.set(id, object);
    return [change];
  }

  #ofKind(kind: string) {
    let objects = this.#kinds.get(kind);
    if (!objects) {
      objects = new Map();
      this.#kinds.set(kind, objects);
    }
    return objects;
  }
}
