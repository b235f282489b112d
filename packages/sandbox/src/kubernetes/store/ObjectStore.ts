import type { KubeObject, ObjectRef } from '../objects/KubeObject';
import type { Resource } from '../resources/Resource';
import type { Change, ChangeListener } from './Change';
import { freeze } from './freeze';

const keyOf = ({ namespace = '', name }: Pick<ObjectRef, 'namespace' | 'name'>) =>
  `${namespace}/${name}`;

/**
 * The objects and the last writes to them, as etcd and the watch cache of an API server keep them. One counter
 * numbers all writes. Knows nothing of defaults, deletion grace or owners.
 */
export class ObjectStore {
  private version = 0;
  private readonly objects = new Map<Resource, Map<string, KubeObject>>();
  private readonly history: Change[] = [];
  private readonly listeners = new Set<ChangeListener>();
  private readonly outbox: Change[] = [];
  private delivering = false;
  private compacted = 0;

  private constructor(private readonly historyLimit: number) {}

  /** `historyLimit`: how many writes a watch can go back before it is told 410. */
  static create({ historyLimit }: { historyLimit: number }): ObjectStore {
    return new ObjectStore(historyLimit);
  }

  get currentVersion(): number {
    return this.version;
  }

  /** The newest version that can no longer be gone back to. */
  get compactedVersion(): number {
    return this.compacted;
  }

  get(resource: Resource, ref: Pick<ObjectRef, 'namespace' | 'name'>): KubeObject | undefined {
    return this.objects.get(resource)?.get(keyOf(ref));
  }

  list(resource: Resource, namespace?: string): KubeObject[] {
    const all = [...(this.objects.get(resource)?.values() ?? [])];
    return namespace ? all.filter(({ metadata }) => metadata.namespace === namespace) : all;
  }

  /** The objects as they were right after that write, or undefined when it is compacted. */
  listAt(version: number, resource: Resource, namespace?: string): KubeObject[] | undefined {
    if (version < this.compacted) return undefined;
    const state = new Map(this.objects.get(resource));
    for (const change of this.changesAfter(version, resource).reverse()) {
      const key = keyOf(change.object.metadata);
      if (change.previous) state.set(key, change.previous);
      else state.delete(key);
    }
    const all = [...state.values()];
    return namespace ? all.filter(({ metadata }) => metadata.namespace === namespace) : all;
  }

  changesAfter(version: number, resource: Resource): Change[] {
    return this.history.filter(change => change.version > version && change.resource === resource);
  }

  put(resource: Resource, object: KubeObject): KubeObject {
    const previous = this.get(resource, object.metadata);
    const stored = this.numbered(object);
    const ofKind = this.objects.get(resource) ?? new Map<string, KubeObject>();
    this.objects.set(resource, ofKind.set(keyOf(stored.metadata), stored));
    this.commit({
      type: previous ? 'MODIFIED' : 'ADDED',
      resource,
      object: stored,
      previous,
      version: this.version,
    });
    return stored;
  }

  delete(resource: Resource, object: KubeObject): KubeObject {
    const previous = this.get(resource, object.metadata);
    this.objects.get(resource)?.delete(keyOf(object.metadata));
    const last = this.numbered(object);
    this.commit({ type: 'DELETED', resource, object: last, previous, version: this.version });
    return last;
  }

  /** Listeners hear every write once, in order, also those that listeners cause. */
  watch(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Forgets all history, as etcd's compaction does every five minutes. */
  compact(): void {
    this.compacted = this.version;
    this.history.length = 0;
  }

  private numbered(object: KubeObject): KubeObject {
    this.version += 1;
    const resourceVersion = String(this.version);
    return freeze({ ...object, metadata: { ...object.metadata, resourceVersion } });
  }

  private commit(change: Change): void {
    this.history.push(change);
    if (this.history.length > this.historyLimit) {
      this.compacted = this.history.shift()?.version ?? this.compacted;
    }
    this.outbox.push(change);
    this.deliver();
  }

  private deliver(): void {
    if (this.delivering) return;
    this.delivering = true;
    try {
      for (let change = this.outbox.shift(); change; change = this.outbox.shift()) {
        for (const listener of [...this.listeners]) listener(change);
      }
    } finally {
      this.delivering = false;
    }
  }
}
