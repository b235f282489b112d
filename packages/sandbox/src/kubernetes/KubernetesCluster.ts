import { copy } from './objects/copy';
import type { Admission } from './admission/Admission';
import { Timeline } from './clock/Timeline';
import type { KubeObject, ObjectRef } from './objects/KubeObject';
import type { ObjectOf } from './objects/Kinds';
import { parseObject } from './objects/parseObject';
import { applyMerge } from './patch/applyMerge';
import { ResourceCatalog } from './resources/ResourceCatalog';
import type { Resource } from './resources/Resource';
import { matches, type Requirement } from './selectors/LabelSelector';
import {
  alreadyExists,
  badRequest,
  conflict,
  forbidden,
  notFound,
  staleWrite,
} from './status/refusals';
import type { ChangeListener } from './store/Change';
import { isFinalised, markedForDeletion } from './store/deletion';
import { type Identities, randomIdentities } from './store/Identities';
import { ObjectStore } from './store/ObjectStore';
import { born, successor } from './store/transitions';

export interface ClusterOptions {
  timeline?: Timeline;
  identities?: Identities;
  /** Steps that every write passes in order. */
  admission?: readonly Admission[];
  /** How many writes a watch can go back. */
  historyLimit?: number;
}

export interface WriteOptions {
  /** Judge and answer, but store nothing. */
  dryRun?: boolean;
}

export interface RemoveOptions extends WriteOptions {
  gracePeriodSeconds?: number;
  uid?: string;
}

export interface ListOptions {
  namespace?: string;
  labels?: readonly Requirement[];
}

const PROTECTED_NAMESPACES = ['default', 'kube-system', 'kube-public'];

/**
 * The API server's part of the sandbox: validates, numbers, stores and tells. All objects that come out are frozen
 * and shared; all that go in are copied. Refusals are thrown as `ApiError`.
 */
export class KubernetesCluster {
  readonly timeline: Timeline;
  readonly resources = new ResourceCatalog();
  readonly store: ObjectStore;
  private readonly identities: Identities;
  private readonly admission: readonly Admission[];
  /** What each manager applied last, by uid: fields that it leaves out next time are removed. */
  private readonly applied = new Map<string, Map<string, Record<string, unknown>>>();

  private constructor(options: ClusterOptions) {
    this.timeline = options.timeline ?? Timeline.startingAt(new Date());
    this.identities = options.identities ?? randomIdentities;
    this.admission = options.admission ?? [];
    this.store = ObjectStore.create({ historyLimit: options.historyLimit ?? 4096 });
  }

  static create(options: ClusterOptions = {}): KubernetesCluster {
    return new KubernetesCluster(options);
  }

  get<K extends string>(ref: ObjectRef & { kind: K }): ObjectOf<K> | undefined {
    const resource = this.resources.byKind(ref.kind, ref.apiVersion);
    return resource && (this.store.get(resource, scoped(resource, ref)) as ObjectOf<K> | undefined);
  }

  /** Objects of one kind in no particular order. A kind that nobody has applied has none. */
  list<K extends string>(
    kind: K | { kind: K; apiVersion: string },
    options: ListOptions = {},
  ): ObjectOf<K>[] {
    const query = typeof kind === 'string' ? { kind, apiVersion: undefined } : kind;
    const resource = this.resources.byKind(query.kind, query.apiVersion);
    if (!resource) return [];
    const objects = this.store.list(resource, options.namespace) as ObjectOf<K>[];
    const { labels } = options;
    return labels ? objects.filter(({ metadata }) => matches(labels, metadata.labels)) : objects;
  }

  /** Hears every committed write, in order, until the returned function is called. */
  watch(listener: ChangeListener): () => void {
    return this.store.watch(listener);
  }

  /**
   * Server-side apply with force: creates, or merges field by field. Fields that the same manager applied before and
   * now leaves out are removed; what others wrote stays. An unknown kind is served from now on.
   */
  apply(value: unknown, options: WriteOptions & { manager?: string } = {}): KubeObject {
    const { manager = 'waymark', dryRun } = options;
    const object = parseObject(value);
    const resource = this.resourceFor(object);
    const intent = intentOf(object);
    const current = this.store.get(resource, scoped(resource, object.metadata));
    const before = current && this.applied.get(current.metadata.uid ?? '')?.get(manager);
    const stored = current
      ? this.update(applyMerge(current, intent, before), { dryRun })
      : this.create(intent, { dryRun });
    if (!dryRun) this.remember(stored, manager, intent);
    return stored;
  }

  create(value: unknown, { dryRun }: WriteOptions = {}): KubeObject {
    const parsed = parseObject(value);
    const resource = this.resourceFor(parsed);
    const object = born(inScope(resource, parsed), resource, {
      now: this.timeline.now(),
      identities: this.identities,
    });
    this.admit({ operation: 'CREATE', resource, object });
    if (this.store.get(resource, object.metadata)) {
      throw alreadyExists(resource, object.metadata.name);
    }
    return dryRun ? object : this.store.put(resource, object);
  }

  /** Replaces an object, or only its status. With a resourceVersion in it, only if nobody was faster. */
  update(
    value: unknown,
    { part = 'all', dryRun }: WriteOptions & { part?: 'all' | 'status' } = {},
  ): KubeObject {
    const parsed = parseObject(value);
    const resource = this.resourceFor(parsed);
    const wanted = inScope(resource, parsed);
    const current = this.existing(resource, wanted.metadata);
    const { resourceVersion, uid } = wanted.metadata;
    const { name } = current.metadata;
    if (uid && uid !== current.metadata.uid) {
      throw conflict(
        resource,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`,
      );
    }
    if (resourceVersion && resourceVersion !== current.metadata.resourceVersion) {
      throw staleWrite(resource, name);
    }
    this.admit({ operation: 'UPDATE', resource, object: wanted, previous: current });
    const next = successor(current, wanted, resource, part);
    if (dryRun || next === current) return next;
    return isFinalised(next) ? this.erase(resource, next) : this.store.put(resource, next);
  }

  /**
   * Changes the stored object in place of the caller: the draft is a fresh copy, so there are no conflicts. Returns
   * undefined when the object is gone.
   */
  modify<T extends KubeObject>(
    object: T,
    change: (draft: T) => void,
    part: 'all' | 'status' = 'all',
  ): T | undefined {
    const resource = this.resourceFor(object);
    const current = this.store.get(resource, object.metadata);
    if (!current || current.metadata.uid !== object.metadata.uid) return undefined;
    const draft = copy(current) as T;
    change(draft);
    return this.update(draft, { part }) as T;
  }

  /** Deletes at once, or marks for deletion: pods on a node end gracefully, finalizers and namespaces hold. */
  remove(ref: ObjectRef, options: RemoveOptions = {}): KubeObject {
    const resource = this.resources.byKind(ref.kind, ref.apiVersion);
    if (!resource) throw badRequest(`no matches for kind "${ref.kind}"`);
    const current = this.existing(resource, scoped(resource, ref));
    if (options.uid && options.uid !== current.metadata.uid) {
      throw conflict(
        { group: '', plural: resource.kind },
        current.metadata.name,
        `the UID in the precondition (${options.uid}) does not match the UID in record ` +
          `(${current.metadata.uid}). The object might have been deleted and then recreated`,
      );
    }
    if (resource.kind === 'Namespace' && PROTECTED_NAMESPACES.includes(ref.name)) {
      throw forbidden(resource, ref.name, 'this namespace may not be deleted');
    }
    if (options.dryRun) return current;
    const marked = markedForDeletion(current, this.timeline.now(), options);
    if (marked === current) return current;
    return isFinalised(marked) ? this.erase(resource, marked) : this.store.put(resource, marked);
  }

  private erase(resource: Resource, object: KubeObject): KubeObject {
    this.applied.delete(object.metadata.uid ?? '');
    return this.store.delete(resource, object);
  }

  private admit(request: Omit<Parameters<Admission>[0], 'cluster'>): void {
    for (const step of this.admission) step({ ...request, cluster: this });
  }

  private existing(resource: Resource, ref: { namespace?: string; name: string }): KubeObject {
    const current = this.store.get(resource, ref);
    if (!current) throw notFound(resource, ref.name);
    return current;
  }

  private resourceFor({ kind, apiVersion, metadata }: KubeObject): Resource {
    return (
      this.resources.byKind(kind, apiVersion) ??
      this.resources.addUnknown(kind, apiVersion, metadata.namespace !== undefined)
    );
  }

  private remember({ metadata }: KubeObject, manager: string, intent: KubeObject): void {
    const uid = metadata.uid ?? '';
    const managers = this.applied.get(uid) ?? new Map<string, Record<string, unknown>>();
    this.applied.set(uid, managers.set(manager, intent));
  }
}

/** A namespace is no part of the name of a cluster-wide object, and `default` where a namespaced one names none. */
function scoped(
  { namespaced }: Resource,
  { namespace, name }: { namespace?: string; name: string },
): { namespace?: string; name: string } {
  return namespaced ? { namespace: namespace ?? 'default', name } : { name };
}

function inScope(resource: Resource, object: KubeObject): KubeObject {
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, ...scoped(resource, object.metadata) } };
}

/** What a manager can want: not what the API server and the controllers write. */
function intentOf({ status: _status, metadata, ...rest }: KubeObject): KubeObject {
  const {
    uid: _uid,
    resourceVersion: _version,
    generation: _generation,
    creationTimestamp: _created,
    deletionTimestamp: _deleted,
    deletionGracePeriodSeconds: _grace,
    ...wanted
  } = metadata;
  return { ...rest, metadata: wanted } as KubeObject;
}
