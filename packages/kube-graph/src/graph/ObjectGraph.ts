import type {
  Kind,
  KubeObject,
  LabelSelector,
  Node,
  ObjectOf,
  Pod,
  ReplicaSet,
  Service,
  VerticalPodAutoscaler,
  Workload,
} from '../objects';
import { apiResources } from '../objects';
import { isWorkload, podTemplateOf } from '../edges';
import type { Change, Coverage, Graph, GraphOptions, Scaler, Touched } from './Graph';
import { GraphIndexes } from './GraphIndexes';
import { isHook } from './isHook';
import { eventTime, namedKey, scaleTargetId } from './keys';
import { idOf, isObjectOf, kindOf, refTo, type ObjectId, type ObjectRef } from './ref';
import { touchedBy } from './touchedBy';

const COMPLETE: Coverage = { state: 'complete' };

export class ObjectGraph implements Graph {
  readonly #objects = new Map<ObjectId, KubeObject>();
  readonly #indexes = new GraphIndexes();
  readonly #coverage: (kind: Kind) => Coverage;
  readonly #namespace?: string;

  constructor({ coverage = () => COMPLETE, namespace }: GraphOptions) {
    this.#coverage = coverage;
    this.#namespace = namespace;
  }

  get size() {
    return this.#objects.size;
  }

  add(object: KubeObject) {
    const placed = this.#place(object);
    const id = idOf(placed);
    const previous = this.#objects.get(id);
    if (previous) this.#indexes.delete(id, previous);
    this.#objects.set(id, placed);
    this.#indexes.set(id, placed);
  }

  apply({ type, object }: Change): Touched {
    const placed = this.#place(object);
    const id = idOf(placed);
    const previous = this.#objects.get(id);
    const workloads = new Set<ObjectId>(previous ? touchedBy(previous, this, this.#indexes) : []);
    if (type === 'upsert') {
      this.add(placed);
      for (const touched of touchedBy(placed, this, this.#indexes)) workloads.add(touched);
    } else if (previous) {
      this.#objects.delete(id);
      this.#indexes.delete(id, previous);
    }
    return { workloads };
  }

  get<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<K> | undefined {
    return this.#objects.get(idOf(refTo(kind, namespace, name))) as ObjectOf<K> | undefined;
  }

  find(ref: ObjectRef) {
    return this.#objects.get(idOf(ref));
  }

  all<K extends Kind>(kind: K, namespace?: string) {
    return this.#indexes.ofKind(kind, namespace);
  }

  coverage(kind: Kind) {
    return this.#coverage(kind);
  }

  untyped(namespace?: string) {
    return this.#indexes.untyped(namespace);
  }

  workloads(namespace?: string): Workload[] {
    return this.#indexes.workloads(namespace).filter(workload => this.#standsAlone(workload));
  }

  /** A child whose parent's kind cannot be read is not taken for a workload of its own. */
  #standsAlone(workload: Workload): boolean {
    if (isHook(workload)) return false;
    const owner = workload.metadata.ownerReferences?.find(({ controller }) => controller);
    if (!owner) return true;
    if (this.controllerOf(workload)) return false;
    const kind = owner.kind as Kind;
    return !(kind in apiResources) || this.coverage(kind).state !== 'missing';
  }

  controllerOf({ metadata }: KubeObject) {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller);
    if (!owner) return undefined;
    const parent = this.#objects.get(
      idOf({
        group: owner.apiVersion.includes('/') ? owner.apiVersion.split('/')[0] : '',
        kind: owner.kind,
        namespace: metadata.namespace,
        name: owner.name,
      }),
    );
    const replaced = owner.uid && parent?.metadata.uid && parent.metadata.uid !== owner.uid;
    return replaced ? undefined : parent;
  }

  workloadOf(object: KubeObject): Workload | undefined {
    let top: KubeObject = object;
    for (let parent = this.controllerOf(top); parent; parent = this.controllerOf(top)) top = parent;
    return isWorkload(top) ? top : undefined;
  }

  childrenOf(object: KubeObject) {
    const byUid = object.metadata.uid ? this.#indexes.controlledBy.get(object.metadata.uid) : [];
    if (byUid.length) return byUid;
    return this.#indexes.controlledBy
      .get(idOf(object))
      .filter(child => this.controllerOf(child) !== undefined);
  }

  podsOf(workload: Workload): Pod[] {
    if (workload.kind === 'Pod') return [workload];
    return this.childrenOf(workload).flatMap(child =>
      isWorkload(child) ? this.podsOf(child) : [],
    );
  }

  replicaSetsOf(workload: Workload): ReplicaSet[] {
    return this.childrenOf(workload)
      .filter((child): child is ReplicaSet => isObjectOf('ReplicaSet', child))
      .sort((a, b) => revisionOf(b) - revisionOf(a));
  }

  podsMatching(namespace: string, selector: LabelSelector) {
    return this.#indexes.podLabels.matching(namespace, selector);
  }

  workloadsMatching(namespace: string, selector: LabelSelector) {
    return this.#indexes.templateLabels
      .matching(namespace, selector)
      .filter(workload => this.#standsAlone(workload));
  }

  servicesOf(workload: Workload) {
    return this.#indexes.services.selecting(workload.metadata.namespace ?? '', labelsOf(workload));
  }

  workloadsOf({ metadata, spec }: Service) {
    const selector = spec?.selector ?? {};
    if (!Object.keys(selector).length) return [];
    return this.workloadsMatching(metadata.namespace ?? '', { matchLabels: selector });
  }

  endpointSlicesOf({ metadata }: Service) {
    return this.#indexes.slices.get(namedKey('Service', metadata.namespace, metadata.name));
  }

  scalersOf(workload: Workload): Scaler[] {
    return this.#indexes.scalers.get(idOf(workload));
  }

  verticalScalersOf(workload: Workload) {
    return this.#indexes.verticalScalers.get(idOf(workload));
  }

  scaleTargetOf(scaler: Scaler | VerticalPodAutoscaler): Workload | undefined {
    const target = this.#objects.get(scaleTargetId(scaler));
    return target && isWorkload(target) ? target : undefined;
  }

  disruptionBudgetsOf(workload: Workload) {
    return this.#indexes.budgets.selecting(workload.metadata.namespace ?? '', labelsOf(workload));
  }

  networkPoliciesOf(workload: Workload) {
    return this.#indexes.policies.selecting(workload.metadata.namespace ?? '', labelsOf(workload));
  }

  nodeOf({ spec }: Pod): Node | undefined {
    return spec?.nodeName ? this.get('Node', undefined, spec.nodeName) : undefined;
  }

  eventsOf({ kind, metadata }: KubeObject) {
    return this.#indexes.events
      .get(namedKey(kind, metadata.namespace, metadata.name))
      .filter(
        ({ involvedObject }) =>
          !involvedObject.uid || !metadata.uid || involvedObject.uid === metadata.uid,
      )
      .sort((a, b) => eventTime(b) - eventTime(a));
  }

  #place(object: KubeObject): KubeObject {
    if (object.metadata.namespace || !this.#namespace) return object;
    const kind = kindOf(object);
    if (kind && !apiResources[kind].namespaced) return object;
    return { ...object, metadata: { ...object.metadata, namespace: this.#namespace } };
  }
}

const labelsOf = (workload: Workload) => podTemplateOf(workload).metadata?.labels;

/** Source: k8s.io/kubernetes pkg/controller/deployment/util RevisionAnnotation */
const revisionOf = ({ metadata }: ReplicaSet) =>
  Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
