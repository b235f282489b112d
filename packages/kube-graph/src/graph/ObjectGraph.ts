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
import { apiResources, isKind, isObjectOf, kindOf } from '../objects';
import { isWorkload, podTemplateOf, serviceSelector } from '../edges';
import type { Change, Coverage, Graph, GraphOptions, Scaler, Touched } from './Graph';
import { GraphIndexes } from './GraphIndexes';
import type { Labels } from '../selectors';
import { controllerOwnerOf } from './controllerOwnerOf';
import { isHook } from './isHook';
import { MalformedObjectError } from './MalformedObjectError';
import { controllerRef, eventTime, namedKey, scaleTargetRef } from './keys';
import { idOf, refOf, type ObjectId, type ObjectRef } from './ref';
import { touchedBy } from './touchedBy';

const COMPLETE: Coverage = { state: 'complete' };

export class ObjectGraph implements Graph {
  readonly #indexes = new GraphIndexes();
  readonly #coverage: (kind: Kind) => Coverage;
  readonly #namespace?: string;

  constructor({ coverage = () => COMPLETE, namespace }: GraphOptions) {
    this.#coverage = coverage;
    this.#namespace = namespace;
  }

  get size() {
    return this.#indexes.size;
  }

  add(object: KubeObject) {
    const placed = this.#place(object);
    this.#remove(placed);
    try {
      this.#indexes.add(placed);
    } catch (cause) {
      throw new MalformedObjectError(refOf(placed), cause);
    }
  }

  #remove(object: KubeObject) {
    const known = this.#indexes.known(object);
    if (known) this.#indexes.remove(known);
  }

  apply({ type, object }: Change): Touched {
    const placed = this.#place(object);
    const previous = this.#indexes.known(placed);
    const next = type === 'upsert' ? placed : undefined;
    const sameOwner = previous && next && previous.metadata.uid === next.metadata.uid;
    // With its owner an object stops standing for itself, without it it begins to.
    const children = sameOwner ? [] : this.#indexes.controlledBy.get(idOf(placed));
    const before = this.#touchedBy([previous, ...children]);
    if (next) this.add(next);
    else this.#remove(placed);
    return { workloads: new Set([...before, ...this.#touchedBy([next, ...children])]) };
  }

  #touchedBy(objects: readonly (KubeObject | undefined)[]): ObjectId[] {
    return objects.flatMap(object => (object ? [...touchedBy(object, this, this.#indexes)] : []));
  }

  get<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<K> | undefined {
    return this.#indexes.get(kind, apiResources[kind].namespaced ? namespace : '', name);
  }

  find(ref: ObjectRef) {
    return this.#indexes.find(ref);
  }

  all<K extends Kind>(kind: K, namespace?: string) {
    return this.#indexes.ofKind(kind, namespace);
  }

  coverage(kind: Kind) {
    return this.#coverage(kind);
  }

  untyped(namespace?: string) {
    const { untyped } = this.#indexes;
    return namespace ? [...untyped.get(namespace), ...untyped.get('')] : untyped.get(namespace);
  }

  workloads(namespace?: string): Workload[] {
    return this.#indexes.workloads.get(namespace).filter(workload => this.#standsAlone(workload));
  }

  #standsAlone(workload: Workload): boolean {
    return (
      !isHook(workload) &&
      this.controllerOf(workload) === undefined &&
      !this.#ownerUnreadable(workload)
    );
  }

  controllerOf(object: KubeObject) {
    const ref = controllerRef(object);
    const parent = ref && this.#indexes.find(ref);
    return parent && owns(parent, object) ? parent : undefined;
  }

  workloadOf(object: KubeObject): Workload | undefined {
    let top: KubeObject = object;
    const seen = new Set<KubeObject>();
    for (let parent = this.controllerOf(top); parent; parent = this.controllerOf(top)) {
      if (seen.has(parent)) return undefined;
      seen.add(parent);
      top = parent;
    }
    return isWorkload(top) && !this.#ownerUnreadable(top) ? top : undefined;
  }

  /** A child whose parent's kind cannot be read is not taken for a workload of its own. */
  #ownerUnreadable(object: KubeObject): boolean {
    const owner = controllerOwnerOf(object);
    return (
      owner !== undefined && isKind(owner.kind) && this.coverage(owner.kind).state === 'missing'
    );
  }

  childrenOf(object: KubeObject) {
    return this.#indexes.controlledBy.get(idOf(object)).filter(child => owns(object, child));
  }

  podsOf(workload: Workload): Pod[] {
    if (workload.kind === 'Pod') return [workload];
    return this.#below(workload, new Set([idOf(workload)]));
  }

  /** Objects that own each other, by mistake, are passed once. */
  #below(workload: Workload, passed: Set<ObjectId>): Pod[] {
    return this.childrenOf(workload).flatMap(child => {
      const id = idOf(child);
      if (!isWorkload(child) || passed.has(id)) return [];
      passed.add(id);
      return child.kind === 'Pod' ? [child] : this.#below(child, passed);
    });
  }

  replicaSetsOf(workload: Workload): ReplicaSet[] {
    return this.childrenOf(workload)
      .filter((child): child is ReplicaSet => isObjectOf('ReplicaSet', child))
      .sort((a, b) => revisionOf(b) - revisionOf(a));
  }

  podsMatching(namespace: string, selector: LabelSelector) {
    return byName(this.#indexes.podLabels.matching(namespace, selector));
  }

  workloadsMatching(namespace: string, selector: LabelSelector) {
    return byName(
      [
        ...this.#indexes.templateLabels.matching(namespace, selector),
        ...this.#indexes.podLabels.matching(namespace, selector),
      ].filter(workload => this.#standsAlone(workload)),
    );
  }

  servicesOf(workload: Workload) {
    return byName(
      this.#indexes.services.selecting(workload.metadata.namespace ?? '', labelsOf(workload)),
    );
  }

  workloadsSelecting(namespace: string, labels: Labels) {
    return byName(
      this.#indexes.workloadSelectors
        .selecting(namespace, labels)
        .filter(workload => this.#standsAlone(workload)),
    );
  }

  workloadsOf(service: Service) {
    const selector = serviceSelector(service);
    return selector ? this.workloadsMatching(service.metadata.namespace ?? '', selector) : [];
  }

  endpointSlicesOf({ metadata }: Service) {
    return this.#indexes.slices.get(namedKey('Service', metadata.namespace, metadata.name));
  }

  scalersOf(workload: Workload): Scaler[] {
    return byName(this.#indexes.scalers.get(idOf(workload)));
  }

  verticalScalersOf(workload: Workload) {
    return byName(this.#indexes.verticalScalers.get(idOf(workload)));
  }

  scaleTargetOf(scaler: Scaler | VerticalPodAutoscaler): Workload | undefined {
    const target = this.#indexes.find(scaleTargetRef(scaler));
    return target && isWorkload(target) ? target : undefined;
  }

  disruptionBudgetsOf(workload: Workload) {
    return byName(
      this.#indexes.budgets.selecting(workload.metadata.namespace ?? '', labelsOf(workload)),
    );
  }

  networkPoliciesOf(workload: Workload) {
    return byName(
      this.#indexes.policies.selecting(workload.metadata.namespace ?? '', labelsOf(workload)),
    );
  }

  nodeOf({ spec }: Pod): Node | undefined {
    return spec?.nodeName ? this.get('Node', undefined, spec.nodeName) : undefined;
  }

  eventsOf({ kind, metadata }: KubeObject) {
    return this.#indexes.events
      .get(namedKey(kind, metadata.namespace, metadata.name))
      .filter(
        ({ involvedObject }) =>
          !involvedObject.uid ||
          !metadata.uid ||
          // The kubelet gives its node's name for the uid.
          [metadata.uid, metadata.name].includes(involvedObject.uid),
      )
      .sort((a, b) => eventTime(b) - eventTime(a));
  }

  /** What manifests leave to the API server gets a stand-in: the namespace of the release, the name to be generated. */
  #place(object: KubeObject): KubeObject {
    const { metadata } = object;
    const name = metadata.name ?? metadata.generateName ?? '';
    const namespace = metadata.namespace ?? this.#namespaceFor(object);
    if (name === metadata.name && namespace === metadata.namespace) return object;
    return { ...object, metadata: { ...metadata, name, ...(namespace && { namespace }) } };
  }

  #namespaceFor(object: KubeObject): string | undefined {
    const kind = kindOf(object);
    return kind && !apiResources[kind].namespaced ? undefined : this.#namespace;
  }
}

/** An owner that was replaced by another of its name has another uid. Manifests have none. */
const owns = ({ metadata: { uid } }: KubeObject, child: KubeObject): boolean => {
  const named = controllerOwnerOf(child)?.uid;
  return !named || !uid || named === uid;
};

/** Answers do not depend on the order in which objects came. */
const byName = <T extends KubeObject>(objects: T[]): T[] =>
  objects.sort((a, b) => compare(a.metadata.name, b.metadata.name) || compare(a.kind, b.kind));

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);

const labelsOf = (workload: Workload) => podTemplateOf(workload).metadata?.labels;

/** Source: k8s.io/kubernetes pkg/controller/deployment/util RevisionAnnotation */
const revisionOf = ({ metadata }: ReplicaSet) =>
  Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
