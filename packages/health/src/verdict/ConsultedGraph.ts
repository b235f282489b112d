import type {
  CronJob,
  EndpointSlice,
  Event,
  Graph,
  HorizontalPodAutoscaler,
  Job,
  Kind,
  KubeObject,
  Node,
  ObjectOf,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  Service,
  Workload,
} from '@waymark/kube-graph';
import { isObjectOf } from '@waymark/kube-graph';
import type { Verdict } from './Verdict';

const OPEN = 'only some of the objects of this kind were given';

/**
 * The graph as a verdict asks it. Every question names the kinds that could answer it, so that afterwards it is known
 * which unreadable kind might have changed the verdict. Nothing that no question needed makes a verdict unknown: a
 * healthy workload is judged without a look at events or nodes.
 */
export class ConsultedGraph {
  readonly #graph: Graph;
  readonly #consulted = new Set<Kind>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Whether the absence of an object of the kind proves anything. */
  knows(kind: Kind): boolean {
    this.#consulted.add(kind);
    return this.#graph.coverage(kind).state === 'complete';
  }

  get<K extends Kind>(
    kind: K,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<K> | undefined {
    this.#consulted.add(kind);
    return this.#graph.get(kind, namespace, name);
  }

  nodes(): readonly Node[] {
    this.#consulted.add('Node');
    return this.#graph.all('Node');
  }

  podsOf(workload: Workload): readonly Pod[] {
    if (workload.kind === 'Pod') return [workload];
    for (const kind of wayToPods(workload)) this.#consulted.add(kind);
    return this.#graph.podsOf(workload);
  }

  /** Whether a workload has no other pods than those that are known. */
  knowsPodsOf(workload: Workload): boolean {
    return wayToPods(workload).every(kind => this.knows(kind));
  }

  replicaSetsOf(workload: Workload): readonly ReplicaSet[] {
    this.#consulted.add('ReplicaSet');
    return this.#graph.replicaSetsOf(workload);
  }

  /** Newest first. */
  jobsOf(cronJob: CronJob): readonly Job[] {
    this.#consulted.add('Job');
    return this.#graph
      .childrenOf(cronJob)
      .filter((child): child is Job => isObjectOf('Job', child))
      .sort((a, b) => created(b).localeCompare(created(a)));
  }

  /** Newest first. Normal events are left out: the live store does not hold them. */
  warningsOf(object: KubeObject): readonly Event[] {
    this.#consulted.add('Event');
    return this.#graph.eventsOf(object).filter(({ type }) => type !== 'Normal');
  }

  /** KEDA scales through a HorizontalPodAutoscaler of its own, so that reading those is enough. */
  autoscalersOf(workload: Workload): readonly HorizontalPodAutoscaler[] {
    this.#consulted.add('HorizontalPodAutoscaler');
    return this.#graph
      .scalersOf(workload)
      .filter((scaler): scaler is HorizontalPodAutoscaler =>
        isObjectOf('HorizontalPodAutoscaler', scaler),
      );
  }

  disruptionBudgetsOf(workload: Workload): readonly PodDisruptionBudget[] {
    this.#consulted.add('PodDisruptionBudget');
    return this.#graph.disruptionBudgetsOf(workload);
  }

  servicesOf(workload: Workload): readonly Service[] {
    this.#consulted.add('Service');
    return this.#graph.servicesOf(workload);
  }

  endpointSlicesOf(service: Service): readonly EndpointSlice[] {
    this.#consulted.add('EndpointSlice');
    return this.#graph.endpointSlicesOf(service);
  }

  workloadsOf(service: Service): readonly Workload[] {
    for (const kind of RUN_PODS) this.#consulted.add(kind);
    return this.#graph.workloadsOf(service);
  }

  /** Whether a selector that matches no workload proves that there is none. */
  knowsWorkloads(): boolean {
    return RUN_PODS.every(kind => this.knows(kind));
  }

  podsMatching(...[namespace, selector]: Parameters<Graph['podsMatching']>): readonly Pod[] {
    this.#consulted.add('Pod');
    return this.#graph.podsMatching(namespace, selector);
  }

  nodeOf(pod: Pod): Node | undefined {
    this.#consulted.add('Node');
    return this.#graph.nodeOf(pod);
  }

  /** The kinds that were asked for and could not answer completely. */
  gaps(): Verdict['gaps'] {
    return [...this.#consulted].sort().flatMap(kind => {
      const coverage = this.#graph.coverage(kind);
      if (coverage.state === 'complete') return [];
      return [{ kind, message: coverage.state === 'missing' ? coverage.message : OPEN }];
    });
  }
}

/** The kinds on the owner chain from a workload down to its pods. */
function wayToPods({ kind }: Workload): readonly Kind[] {
  if (kind === 'Deployment') return ['Pod', 'ReplicaSet'];
  return kind === 'CronJob' ? ['Pod', 'Job'] : ['Pod'];
}

/** Kinds whose pods a Service selects; those of jobs serve nobody. */
const RUN_PODS: readonly Kind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod'];

const created = ({ metadata }: KubeObject) => metadata.creationTimestamp ?? '';
