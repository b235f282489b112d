import type { KubernetesCluster, RemoveOptions } from '../KubernetesCluster';
import type { KubeObject } from '../objects/KubeObject';
import { apiVersionOf, type Resource } from '../resources/Resource';
import type { Change } from '../store/Change';

const SETTLE_MILLISECONDS = 20;
const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

interface Dependent {
  readonly resource: Resource;
  readonly object: KubeObject;
}

/**
 * Deletes what has lost its owner, and carries out foreground and orphan deletion: pkg/controller/garbagecollector.
 * Not a `Controller`, since its objects are of every kind.
 */
export class GarbageCollector {
  /** Uid of an owner → its dependents, by their own uid. */
  private readonly dependents = new Map<string, Map<string, Dependent>>();
  /** Owners that wait for their dependents. */
  private readonly owners = new Map<string, Dependent>();
  private readonly stopWatching: () => void;

  private constructor(private readonly cluster: KubernetesCluster) {
    this.stopWatching = cluster.watch(change => this.hear(change));
  }

  static start(cluster: KubernetesCluster): GarbageCollector {
    return new GarbageCollector(cluster);
  }

  stop(): void {
    this.stopWatching();
  }

  private hear({ type, object, resource }: Change): void {
    const { uid = '', ownerReferences = [], deletionTimestamp, finalizers = [] } = object.metadata;
    for (const owner of ownerReferences) {
      const known = this.dependents.get(owner.uid) ?? new Map<string, Dependent>();
      if (type === 'DELETED') known.delete(uid);
      else known.set(uid, { resource, object });
      this.dependents.set(owner.uid, known);
      if (type === 'DELETED') this.later(() => this.releaseForeground(owner.uid));
    }
    if (type === 'ADDED' && ownerReferences.length > 0)
      this.later(() => this.collectIfOrphaned(uid, { resource, object }));
    if (type === 'DELETED') this.later(() => this.collectDependentsOf(uid));
    if (!deletionTimestamp || type === 'DELETED') return;
    if (finalizers.includes(ORPHAN))
      this.later(() => this.orphanDependentsOf({ resource, object }));
    if (finalizers.includes(FOREGROUND)) {
      this.owners.set(uid, { resource, object });
      this.later(() => this.deleteBeforeOwner(uid));
    }
  }

  private later(task: () => void): void {
    this.cluster.timeline.after(SETTLE_MILLISECONDS, task);
  }

  private collectDependentsOf(uid: string): void {
    const orphans = [...(this.dependents.get(uid)?.values() ?? [])];
    this.dependents.delete(uid);
    for (const dependent of orphans)
      this.collectIfOrphaned(dependent.object.metadata.uid ?? '', dependent);
  }

  /** An object with several owners lives as long as one of them does. */
  private collectIfOrphaned(uid: string, { resource, object }: Dependent): void {
    const current = this.cluster.store.get(resource, object.metadata);
    if (!current || current.metadata.uid !== uid) return;
    const owners = current.metadata.ownerReferences ?? [];
    const alive = owners.filter(owner => {
      const found = this.cluster.get({ ...owner, namespace: current.metadata.namespace });
      return found?.metadata.uid === owner.uid;
    });
    if (owners.length > 0 && alive.length === 0) this.remove({ resource, object: current });
  }

  private remove(
    { resource, object }: Dependent,
    propagation: RemoveOptions['propagation'] = 'Background',
  ): void {
    const current = this.cluster.store.get(resource, object.metadata);
    if (!current || current.metadata.deletionTimestamp) return;
    const { namespace, name, uid } = current.metadata;
    if (uid !== object.metadata.uid) return;
    const { kind } = resource;
    const ref = { apiVersion: apiVersionOf(resource), kind, namespace, name };
    this.cluster.remove(ref, { propagation });
  }

  private orphanDependentsOf({ object }: Dependent): void {
    const { uid = '' } = object.metadata;
    for (const { resource, object: dependent } of this.dependents.get(uid)?.values() ?? []) {
      const current = this.cluster.store.get(resource, dependent.metadata);
      if (!current) continue;
      this.cluster.modify(current, draft => {
        const { ownerReferences = [] } = draft.metadata;
        draft.metadata.ownerReferences = ownerReferences.filter(owner => owner.uid !== uid);
      });
    }
    this.dependents.delete(uid);
    this.release(object, ORPHAN);
  }

  private deleteBeforeOwner(uid: string): void {
    for (const dependent of this.dependents.get(uid)?.values() ?? []) {
      const own = this.dependents.get(dependent.object.metadata.uid ?? '');
      this.remove(dependent, own?.size ? 'Foreground' : 'Background');
    }
    this.releaseForeground(uid);
  }

  private releaseForeground(uid: string): void {
    const owner = this.owners.get(uid);
    if (!owner || (this.dependents.get(uid)?.size ?? 0) > 0) return;
    this.owners.delete(uid);
    this.release(owner.object, FOREGROUND);
  }

  private release(object: KubeObject, finalizer: string): void {
    this.cluster.modify(object, draft => {
      const left = (draft.metadata.finalizers ?? []).filter(other => other !== finalizer);
      draft.metadata.finalizers = left.length > 0 ? left : undefined;
    });
  }
}
