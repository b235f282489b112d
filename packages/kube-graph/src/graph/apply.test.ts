import type { Kind, KubeObject, LabelSelector, ObjectOf, Workload } from '../objects';
import { configReferences, isWorkload, podTemplateOf, selectorOf } from '../edges';
import { buildGraph } from './buildGraph';
import type { Graph } from './Graph';
import { idOf, type ObjectId } from './ref';

/** Mulberry32: small, seeded, good enough to shuffle. */
function seeded(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)];
  return { below, pick };
}

type Random = ReturnType<typeof seeded>;

const NAMESPACES = ['shop', 'other'];
const NAMES = ['web', 'cart', 'db'];

const labels = ({ pick }: Random) => ({
  ...(pick([true, false]) && { app: pick(NAMES) }),
  ...(pick([true, false]) && { tier: pick(['front', 'back']) }),
});

const selector = (random: Random): LabelSelector | undefined =>
  random.pick([
    undefined,
    {},
    { matchLabels: { app: random.pick(NAMES) } },
    { matchExpressions: [{ key: 'tier', operator: random.pick(['Exists', 'DoesNotExist']) }] },
    { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'cart'] }] },
  ]);

const owner = ({ pick }: Random, apiVersion: string, kind: string) =>
  pick([true, true, false])
    ? [{ apiVersion, kind, name: pick(NAMES), uid: pick(['1', '2', '']), controller: true }]
    : undefined;

const template = (random: Random) => ({
  metadata: { labels: labels(random) },
  spec: {
    serviceAccountName: random.pick([undefined, 'web']),
    containers: [{ name: 'c', envFrom: [{ configMapRef: { name: random.pick(NAMES) } }] }],
  },
});

const scaleTarget = ({ pick }: Random) => ({
  apiVersion: 'apps/v1',
  kind: pick(['Deployment', 'StatefulSet']),
  name: pick(NAMES),
});

/** What of an object of each kind relates it to others, at random. */
const GENERATORS: Record<string, (random: Random) => object> = {
  'apps/v1 Deployment': random => ({
    spec: { selector: selector(random), template: template(random) },
  }),
  'apps/v1 StatefulSet': random => ({
    spec: { selector: selector(random), template: template(random) },
  }),
  'apps/v1 ReplicaSet': random => ({
    ownerReferences: owner(random, 'apps/v1', 'Deployment'),
    spec: { selector: selector(random), template: template(random) },
  }),
  'batch/v1 Job': random => ({
    annotations: random.pick([undefined, { 'helm.sh/hook': 'test' }]),
    spec: { template: template(random) },
  }),
  'v1 Pod': random => ({
    ownerReferences: owner(random, 'apps/v1', random.pick(['ReplicaSet', 'StatefulSet'])),
    labels: labels(random),
    spec: { ...template(random).spec, nodeName: random.pick(['', ...NAMES]) },
  }),
  'v1 Service': random => ({
    spec: {
      type: random.pick(['ClusterIP', 'ExternalName']),
      selector: selector(random)?.matchLabels,
    },
  }),
  'discovery.k8s.io/v1 EndpointSlice': random => ({
    labels: { 'kubernetes.io/service-name': random.pick(NAMES) },
  }),
  'autoscaling/v2 HorizontalPodAutoscaler': random => ({
    spec: { scaleTargetRef: scaleTarget(random) },
  }),
  'keda.sh/v1alpha1 ScaledObject': random => ({ spec: { scaleTargetRef: scaleTarget(random) } }),
  'autoscaling.k8s.io/v1 VerticalPodAutoscaler': random => ({
    spec: { targetRef: scaleTarget(random) },
  }),
  'policy/v1 PodDisruptionBudget': random => ({ spec: { selector: selector(random) } }),
  'networking.k8s.io/v1 NetworkPolicy': random => ({ spec: { podSelector: selector(random) } }),
  'v1 ConfigMap': () => ({}),
  'v1 ServiceAccount': () => ({}),
  'v1 ResourceQuota': () => ({}),
  'v1 Event': random => ({
    involvedObject: {
      kind: random.pick(['Pod', 'Deployment', 'Service', 'Node', 'Rollout', 'Event', undefined]),
      name: random.pick(NAMES),
    },
  }),
  'argoproj.io/v1alpha1 Rollout': () => ({}),
  'v1 Node': () => ({}),
  'v1 Namespace': () => ({}),
};

const CLUSTER_WIDE = ['Node', 'Namespace'];

function randomObject(random: Random, revision: number): KubeObject {
  const what = random.pick(Object.keys(GENERATORS));
  const [apiVersion, kind] = what.split(' ');
  const {
    ownerReferences,
    labels: own,
    annotations,
    ...rest
  } = GENERATORS[what](random) as Record<string, unknown>;
  return {
    apiVersion,
    kind,
    metadata: {
      name: random.pick(kind === 'Namespace' ? NAMESPACES : NAMES),
      ...(!CLUSTER_WIDE.includes(kind) && { namespace: random.pick(NAMESPACES) }),
      uid: random.pick(['1', '2']),
      resourceVersion: String(revision),
      ...(ownerReferences !== undefined && { ownerReferences }),
      ...(own !== undefined && { labels: own }),
      ...(annotations !== undefined && { annotations }),
    },
    ...rest,
  } as KubeObject;
}

const seen = (objects: readonly (KubeObject | undefined)[]) =>
  objects.flatMap(object => object && `${idOf(object)}@${object.metadata.resourceVersion}`).sort();

function seenOfWorkload(workload: Workload, graph: Graph) {
  const namespace = workload.metadata.namespace!;
  const pods = graph.podsOf(workload);
  const own = selectorOf(workload);
  return {
    itself: seen([workload]),
    pods: seen(pods),
    nodes: seen(pods.map(pod => graph.nodeOf(pod))),
    replicaSets: seen(graph.replicaSetsOf(workload)),
    services: seen(graph.servicesOf(workload)),
    slices: seen(graph.servicesOf(workload).flatMap(one => graph.endpointSlicesOf(one))),
    scalers: seen(graph.scalersOf(workload)),
    verticals: seen(graph.verticalScalersOf(workload)),
    budgets: seen(graph.disruptionBudgetsOf(workload)),
    policies: seen(graph.networkPoliciesOf(workload)),
    claimed: seen(own ? graph.workloadsMatching(namespace, own) : []),
    claiming: seen(
      graph.workloadsSelecting(namespace, podTemplateOf(workload).metadata?.labels ?? {}),
    ),
    configuration: seen(
      configReferences(workload).map(({ kind, name }) => graph.get(kind, namespace, name)),
    ),
    account: seen([
      graph.get(
        'ServiceAccount',
        namespace,
        podTemplateOf(workload).spec.serviceAccountName ?? 'default',
      ),
    ]),
    quotas: seen(graph.all('ResourceQuota', namespace)),
    namespace: seen([graph.get('Namespace', undefined, namespace)]),
    events: seen([workload, ...pods].flatMap(object => graph.eventsOf(object))),
  };
}

const JUDGED: Kind[] = [
  'Service',
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'PodDisruptionBudget',
];

/** What the graph tells of everything that has a verdict. */
function observe(graph: Graph): Map<ObjectId, unknown> {
  const workloads = graph.workloads().map(one => [idOf(one), seenOfWorkload(one, graph)] as const);
  const others = JUDGED.flatMap(kind => graph.all(kind) as ObjectOf<Kind>[]).map(object => {
    const behind = workloadsBehind(object, graph);
    return [
      idOf(object),
      {
        itself: seen([object]),
        events: seen(graph.eventsOf(object)),
        slices: object.kind === 'Service' ? seen(graph.endpointSlicesOf(object)) : [],
        behind: seen(behind),
        pods: seen(behind.flatMap(one => graph.podsOf(one))),
        services: seen(behind.flatMap(one => graph.servicesOf(one))),
        scalers: seen(behind.flatMap(one => graph.scalersOf(one))),
      },
    ] as const;
  });
  return new Map<ObjectId, unknown>([...workloads, ...others]);
}

function workloadsBehind(object: ObjectOf<Kind>, graph: Graph): readonly Workload[] {
  switch (object.kind) {
    case 'Service':
      return graph.workloadsOf(object);
    case 'PodDisruptionBudget':
      return object.spec.selector
        ? graph.workloadsMatching(object.metadata.namespace!, object.spec.selector)
        : [];
    case 'HorizontalPodAutoscaler':
    case 'ScaledObject': {
      const target = graph.scaleTargetOf(object);
      // Only a workload that stands for itself is scaled; a child's replicas are its owner's.
      return target && graph.workloadOf(target) === target ? [target] : [];
    }
    default:
      return [];
  }
}

/** Everything else that can be asked, for every object. */
const answers = (graph: Graph, objects: readonly KubeObject[]) => ({
  size: graph.size,
  observed: [...observe(graph)].sort(),
  owners: objects.map(object => [
    idOf(object),
    seen([graph.controllerOf(object), graph.workloadOf(object)]),
    seen(graph.childrenOf(object)),
    isWorkload(object) ? seen(graph.podsOf(object)) : [],
  ]),
  untyped: NAMESPACES.map(namespace => seen(graph.untyped(namespace))),
});

const differences = (before: Map<ObjectId, unknown>, after: Map<ObjectId, unknown>) =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    id => JSON.stringify(before.get(id)) !== JSON.stringify(after.get(id)),
  );

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('changes at random, seed %i', seed => {
  it('leave the graph that a fresh build would make, and name whose verdict they may alter', () => {
    const random = seeded(seed);
    const graph = buildGraph([]);
    const current = new Map<ObjectId, KubeObject>();
    let before = observe(graph);
    for (let step = 0; step < 250; step += 1) {
      const remove = current.size > 0 && random.below(3) === 0;
      const object = remove ? random.pick([...current.values()]) : randomObject(random, step);
      const { workloads } = graph.apply({ type: remove ? 'delete' : 'upsert', object });
      if (remove) current.delete(idOf(object));
      else current.set(idOf(object), object);

      const after = observe(graph);
      const changed = differences(before, after);
      const untold = changed.filter(id => !workloads.has(id));
      expect({ step, change: idOf(object), untold }).toEqual({
        step,
        change: idOf(object),
        untold: [],
      });
      before = after;

      if (step % 10) continue;
      const objects = [...current.values()];
      const shuffled = [...objects].sort(() => random.below(3) - 1);
      expect(answers(graph, objects)).toEqual(answers(buildGraph(shuffled), objects));
    }
    expect(current.size).toBeGreaterThan(20);
  });
});

it('says nothing of a change that concerns nobody', () => {
  const graph = buildGraph([]);
  const unknown = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } } as KubeObject;
  expect(graph.apply({ type: 'delete', object: unknown }).workloads.size).toBe(0);
  expect(graph.apply({ type: 'upsert', object: unknown }).workloads.size).toBe(0);
});
