import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { trackingApplication } from './tracking';

const MAX_OWNERS = 5;

/** Which live objects belong to which application, kept up to date by the cluster's changes. */
export class TrackedObjects {
  private readonly byApplication = new Map<string, Map<string, KubeObject>>();

  private constructor(private readonly cluster: KubernetesCluster) {}

  static of(cluster: KubernetesCluster): TrackedObjects {
    const tracked = new TrackedObjects(cluster);
    for (const resource of cluster.resources.all()) {
      cluster.store.list(resource).forEach(object => tracked.add(object));
    }
    return tracked;
  }

  /** To be told of every change, in order. */
  observe(change: { type: string; object: KubeObject; previous?: KubeObject }): void {
    if (change.previous) this.drop(change.previous);
    if (change.type === 'DELETED') this.drop(change.object);
    else this.add(change.object);
  }

  deployedBy(application: string): KubeObject[] {
    return [...(this.byApplication.get(application)?.values() ?? [])];
  }

  /** The application that deployed the object or what owns it, however far up. */
  applicationOf(object: KubeObject): string | undefined {
    let current: KubeObject | undefined = object;
    for (let depth = 0; current && depth < MAX_OWNERS; depth += 1) {
      const application = trackingApplication(current);
      if (application) return application;
      current = this.ownerOf(current);
    }
    return undefined;
  }

  private ownerOf({ metadata }: KubeObject): KubeObject | undefined {
    const { ownerReferences = [], namespace } = metadata;
    const owner = ownerReferences.find(({ controller }) => controller) ?? ownerReferences[0];
    return owner && this.cluster.get({ ...owner, namespace });
  }

  private add(object: KubeObject): void {
    const application = trackingApplication(object);
    if (!application) return;
    const objects = this.byApplication.get(application) ?? new Map<string, KubeObject>();
    this.byApplication.set(application, objects.set(object.metadata.uid ?? '', object));
  }

  private drop(object: KubeObject): void {
    const application = trackingApplication(object);
    if (application) this.byApplication.get(application)?.delete(object.metadata.uid ?? '');
  }
}
