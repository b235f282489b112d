import { idOf, type Change, type Kind, type KubeObject, type ObjectId } from '@waymark/kube-graph';
import type { ObjectStore } from './ObjectStore';
import { shareEqual } from './shareEqual';

export interface MemoryObjectStoreOptions {
  /** Kinds of which only the keys of some maps are kept: a new resource version may stand for a new value. */
  readonly keysOnly?: ReadonlySet<Kind>;
}

/** Objects by kind and id. What arrives with nothing new but its resource version is no change, as long as all that matters is kept. */
export class MemoryObjectStore implements ObjectStore {
  readonly #keysOnly: ReadonlySet<string>;
  readonly #kinds = new Map<string, Map<ObjectId, KubeObject>>();
  /** The last object of each controller, whose parts its siblings share. */
  readonly #siblings = new Map<string, KubeObject>();

  constructor({ keysOnly = new Set() }: MemoryObjectStoreOptions = {}) {
    this.#keysOnly = keysOnly;
  }

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

  retain(kind: Kind, listed: ReadonlySet<ObjectId>): readonly Change[] {
    const gone = [...(this.#kinds.get(kind) ?? [])].filter(([id]) => !listed.has(id));
    return gone.flatMap(([, object]) => this.apply({ type: 'delete', object }));
  }

  apply({ type, object }: Change): readonly Change[] {
    const id = idOf(object);
    const known = this.#kinds.get(object.kind)?.get(id);
    if (type === 'upsert') return this.#upsert(id, object, known);
    if (!known) return [];
    this.#kinds.get(object.kind)!.delete(id);
    if (this.#siblings.get(siblingKey(known)) === known) this.#siblings.delete(siblingKey(known));
    return [{ type, object: known }];
  }

  /** A node's heartbeat, a renewed annotation or a write that changed nothing moves the resource version only. */
  #upsert(id: ObjectId, object: KubeObject, known: KubeObject | undefined): readonly Change[] {
    const { resourceVersion } = object.metadata;
    const key = siblingKey(object);
    const news =
      this.#keysOnly.has(object.kind) && resourceVersion !== known?.metadata.resourceVersion;
    if (known && !news) object.metadata.resourceVersion = known.metadata.resourceVersion;
    const shared = shareEqual(known ?? this.#siblings.get(key), object);
    shared.metadata.resourceVersion = resourceVersion;
    if (shared === known) return [];
    this.#ofKind(object.kind).set(id, shared);
    this.#siblings.set(key, shared);
    return [{ type: 'upsert', object: shared }];
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

const siblingKey = ({ kind, metadata }: KubeObject) =>
  metadata.ownerReferences?.find(({ controller }) => controller)?.uid ?? kind;
