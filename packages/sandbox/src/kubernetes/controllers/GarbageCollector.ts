import type { KubernetesCluster } from '../KubernetesCluster';
import type { KubeObject } from '../objects/KubeObject';
import { apiVersionOf, type Resource } from '../resources/Resource';
import type { Change } from '../store/Change';

const SETTLE_MILLISECONDS = 20;

interface Dependent {
  readonly resource: Resource;
  readonly object: KubeObject;
}

/**
 * Deletes what has lost its owner, always in the background: pkg/controller/garbagecollector.
 * Not a `Controller`, since its objects are of every kind.
 */
export class GarbageCollector {
  /** Uid of an owner → its dependents, by their own uid. */
  private readonly dependents = new Map<string, Map<string, Dependent>>();
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
    const { uid = '', ownerReferences = [] } = object.metadata;
    for (const owner of ownerReferences) {
      const known = this.dependents.get(owner.uid) ?? new Map<string, Dependent>();
      if (type === 'DELETED') known.delete(uid);
      else known.set(uid, { resource, object });
      this.dependents.set(owner.uid, known);
    }
    if (type === 'ADDED' && ownerReferences.length > 0)
      this.later(() => this.collectIfOrphaned(uid, { resource, object }));
    if (type === 'DELETED') this.later(() => this.collectDependentsOf(uid));
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

  private remove({ resource, object }: Dependent): void {
    const current = this.cluster.store.get(resource, object.metadata);
    if (!current || current.metadata.deletionTimestamp) return;
    const { namespace, name, uid } = current.metadata;
    if (uid !== object.metadata.uid) return;
    const { kind } = resource;
    this.cluster.remove({ apiVersion: apiVersionOf(resource), kind, namespace, name });
  }
}
