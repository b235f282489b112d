import type {
  EndpointSlice,
  Event,
  HorizontalPodAutoscaler,
  Kind,
  KubeObject,
  LabelSelector,
  NetworkPolicy,
  Node,
  ObjectOf,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  ScaledObject,
  Service,
  VerticalPodAutoscaler,
  Workload,
} from '../objects';
import type { Labels } from '../selectors';
import type { ObjectId, ObjectRef } from './ref';

/**
 * How far the absence of an object of a kind can be trusted.
 * - complete: every object of the kind is in the graph (a watched cluster, a rendered release)
 * - open: objects of the kind may exist elsewhere (a few files out of many)
 * - missing: the kind could not be read; `message` is the API server's own
 */
export type Coverage =
  | { readonly state: 'complete' }
  | { readonly state: 'open' }
  | {
      readonly state: 'missing';
      readonly reason: 'not-listed' | 'forbidden' | 'unreachable';
      readonly message: string;
    };

export type Change =
  | { readonly type: 'upsert'; readonly object: KubeObject }
  | { readonly type: 'delete'; readonly object: KubeObject };

/** The top-level workloads whose verdict a change may alter, and the objects that stand for themselves (scalers, PDB, Service). */
export interface Touched {
  readonly workloads: ReadonlySet<ObjectId>;
}

export type Scaler = HorizontalPodAutoscaler | ScaledObject;

/**
 * The objects of one cluster, or of one rendered release, with the relations between them. Lookups go through indexes
 * (owner, label, name): none scans all pairs. Reading never throws; what is not there is undefined or an empty list.
 */
export interface Graph {
  readonly size: number;

  get<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<K> | undefined;
  find(ref: ObjectRef): KubeObject | undefined;
  all<K extends Kind>(kind: K, namespace?: string): readonly ObjectOf<K>[];
  coverage(kind: Kind): Coverage;
  /** Objects of kinds that Waymark does not type (Argo Rollouts, Certificates, Cilium policies), cluster-wide ones included. */
  untyped(namespace?: string): readonly KubeObject[];

  /** Workloads that no other known object controls: what a person calls "the service". Helm hooks are left out. */
  workloads(namespace?: string): readonly Workload[];
  controllerOf(object: KubeObject): KubeObject | undefined;
  /** Up the owner chain to the top, itself included: Pod → ReplicaSet → Deployment. Undefined where the chain leads to a kind that cannot be read. */
  workloadOf(object: KubeObject): Workload | undefined;
  childrenOf(object: KubeObject): readonly KubeObject[];
  /** Live pods of a workload, down the owner chain. */
  podsOf(workload: Workload): readonly Pod[];
  /** Newest revision first. */
  replicaSetsOf(workload: Workload): readonly ReplicaSet[];

  podsMatching(namespace: string, selector: LabelSelector): readonly Pod[];
  /** Workloads whose pod template carries the labels. */
  workloadsMatching(namespace: string, selector: LabelSelector): readonly Workload[];
  /** Workloads whose own selector takes pods with these labels for theirs. */
  workloadsSelecting(namespace: string, labels: Labels): readonly Workload[];

  servicesOf(workload: Workload): readonly Service[];
  workloadsOf(service: Service): readonly Workload[];
  endpointSlicesOf(service: Service): readonly EndpointSlice[];

  scalersOf(workload: Workload): readonly Scaler[];
  verticalScalersOf(workload: Workload): readonly VerticalPodAutoscaler[];
  scaleTargetOf(scaler: Scaler | VerticalPodAutoscaler): Workload | undefined;

  disruptionBudgetsOf(workload: Workload): readonly PodDisruptionBudget[];
  networkPoliciesOf(workload: Workload): readonly NetworkPolicy[];

  nodeOf(pod: Pod): Node | undefined;
  /** Warning events about the object, newest first. */
  eventsOf(object: KubeObject): readonly Event[];

  /**
   * Adds, replaces or removes one object, without nulls and never to be changed again, and says which workloads that may
   * change. Throws MalformedObjectError, and leaves the object out, when it cannot be related to others.
   */
  apply(change: Change): Touched;
}

export interface GraphOptions {
  /** Default: every kind is complete. */
  readonly coverage?: (kind: Kind) => Coverage;
  /** Given to namespaced objects that name none: the release or destination namespace. */
  readonly namespace?: string;
}
