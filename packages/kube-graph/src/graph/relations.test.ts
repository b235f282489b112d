import type { Coverage } from './Graph';
import type { Deployment, KubeObject, Node, Pod, Scaler, Service } from '..';
import { buildGraph } from './buildGraph';
import { MalformedObjectError } from './MalformedObjectError';

/** One object in one line: `apps/v1 Deployment web`, with what differs. */
function make<T extends KubeObject>(
  what: string,
  { metadata, ...rest }: { metadata?: object; [field: string]: unknown } = {},
): T {
  const [apiVersion, kind, name] = what.split(' ');
  return {
    apiVersion,
    kind,
    metadata: { name, namespace: 'shop', ...metadata },
    ...rest,
  } as unknown as T;
}

const labelled = (labels: object) => ({ template: { metadata: { labels }, spec: {} } });
const ownedBy = (apiVersion: string, kind: string, name: string, uid = '') => ({
  ownerReferences: [{ apiVersion, kind, name, uid, controller: true }],
});
const names = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name);

const web = make<Deployment>('apps/v1 Deployment web', {
  metadata: { uid: 'd1' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...labelled({ app: 'web', tier: 'front' }) },
});

describe('an empty selector', () => {
  const graph = buildGraph([
    web,
    make('v1 Service none', { spec: {} }),
    make('v1 Service empty', { spec: { selector: {} } }),
    make('v1 Service alias', { spec: { type: 'ExternalName', selector: { app: 'web' } } }),
    make('v1 Service web', { spec: { selector: { app: 'web' } } }),
    make('policy/v1 PodDisruptionBudget none', { spec: {} }),
    make('policy/v1 PodDisruptionBudget empty', { spec: { selector: {} } }),
    make('networking.k8s.io/v1 NetworkPolicy none', { spec: {} }),
    make('networking.k8s.io/v1 NetworkPolicy empty', { spec: { podSelector: {} } }),
  ]);

  it('of a Service selects nothing', () => {
    expect(names(graph.servicesOf(web))).toEqual(['web']);
    for (const service of graph.all('Service'))
      expect(names(graph.workloadsOf(service))).toEqual(
        service.metadata.name === 'web' ? ['web'] : [],
      );
  });

  it('of a budget selects all, an absent one nothing', () =>
    expect(names(graph.disruptionBudgetsOf(web))).toEqual(['empty']));

  it('of a network policy selects all, an absent one too', () =>
    expect(names(graph.networkPoliciesOf(web))).toEqual(['empty', 'none']));

  it('takes no workload of another namespace', () => {
    const elsewhere = make<Deployment>('apps/v1 Deployment web', {
      metadata: { namespace: 'other' },
      spec: labelled({ app: 'web' }),
    });
    expect(graph.disruptionBudgetsOf(elsewhere)).toEqual([]);
    expect(graph.servicesOf(elsewhere)).toEqual([]);
  });
});

describe('the owner chain', () => {
  const chain = [
    web,
    make('apps/v1 ReplicaSet web-1', {
      metadata: {
        uid: 'r1',
        annotations: { 'deployment.kubernetes.io/revision': '1' },
        ...ownedBy('apps/v1', 'Deployment', 'web', 'd1'),
      },
    }),
    make('apps/v1 ReplicaSet web-2', {
      metadata: {
        uid: 'r2',
        annotations: { 'deployment.kubernetes.io/revision': '12' },
        ...ownedBy('apps/v1', 'Deployment', 'web', 'd1'),
      },
    }),
    make<Pod>('v1 Pod web-2-a', {
      metadata: { labels: { app: 'web' }, ...ownedBy('apps/v1', 'ReplicaSet', 'web-2', 'r2') },
      spec: { nodeName: 'node-1' },
    }),
    make('v1 Pod bare', { metadata: { labels: { app: 'web' } }, spec: {} }),
  ];
  const graph = buildGraph(chain);
  const pod = graph.get('Pod', 'shop', 'web-2-a')!;

  it('leads up to the workload and down to its pods, newest revision first', () => {
    expect(graph.workloadOf(pod)).toBe(graph.get('Deployment', 'shop', 'web'));
    expect(names(graph.podsOf(web))).toEqual(['web-2-a']);
    expect(names(graph.replicaSetsOf(web))).toEqual(['web-2', 'web-1']);
    expect(names(graph.workloads())).toEqual(['web', 'bare']);
    expect(names(graph.workloads('other'))).toEqual([]);
  });

  it('ends where an owner was replaced by another of its name', () => {
    const replaced = make<Deployment>('apps/v1 Deployment web', { metadata: { uid: 'd2' } });
    const later = buildGraph([...chain.slice(1), replaced]);
    expect(later.podsOf(replaced)).toEqual([]);
    expect(names(later.workloads())).toEqual(['web-1', 'web-2', 'bare', 'web']);
  });

  it('is not known where it leads to a kind that cannot be read', () => {
    const missing: Coverage = { state: 'missing', reason: 'forbidden', message: 'no' };
    const blind = buildGraph(chain.slice(2), {
      coverage: kind => (kind === 'Deployment' ? missing : { state: 'complete' }),
    });
    expect(blind.workloadOf(pod)).toBeUndefined();
    expect(names(blind.workloads())).toEqual(['bare']);
  });

  it('ends at an owner that Waymark does not type', () => {
    const foreign = ownedBy('argoproj.io/v1alpha1', 'Rollout', 'web');
    const set = make('apps/v1 ReplicaSet web-1', { metadata: foreign });
    expect(names(buildGraph([set]).workloads())).toEqual(['web-1']);
    const rollout = make('argoproj.io/v1alpha1 Rollout web');
    const known = buildGraph([set, rollout]);
    expect(known.workloads()).toEqual([]);
    expect(known.workloadOf(set)).toBeUndefined();
    expect(known.controllerOf(set)).toBe(rollout);
    expect(names(known.untyped('shop'))).toEqual(['web']);
  });

  it('ends when objects own each other', () => {
    const one = make('v1 Pod one', { metadata: ownedBy('v1', 'Pod', 'other') });
    const other = make('v1 Pod other', { metadata: ownedBy('v1', 'Pod', 'one') });
    expect(buildGraph([one, other]).workloadOf(one)).toBeUndefined();
  });
});

describe('scalers', () => {
  const target = (spec: object) => ({ spec });
  const scalers = [
    make<Scaler>('autoscaling/v2 HorizontalPodAutoscaler named', {
      ...target({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }),
    }),
    make<Scaler>('autoscaling/v2 HorizontalPodAutoscaler core-group', {
      ...target({ scaleTargetRef: { kind: 'Deployment', name: 'web' } }),
    }),
    make<Scaler>('keda.sh/v1alpha1 ScaledObject bare', {
      ...target({ scaleTargetRef: { name: 'web' } }),
    }),
    make<Scaler>('autoscaling/v2 HorizontalPodAutoscaler empty'),
  ];
  const vertical = make('autoscaling.k8s.io/v1 VerticalPodAutoscaler vpa', {
    ...target({ targetRef: { kind: 'Deployment', name: 'web' } }),
  });
  const graph = buildGraph([web, ...scalers, vertical]);

  it('reach their target by the rules of their own API', () => {
    expect(names(graph.scalersOf(web))).toEqual(['bare', 'named']);
    expect(names(graph.verticalScalersOf(web))).toEqual(['vpa']);
    expect(scalers.map(scaler => graph.scaleTargetOf(scaler)?.metadata.name)).toEqual([
      'web',
      undefined,
      'web',
      undefined,
    ]);
  });
});

it('finds workloads by labels and by the selectors that claim them', () => {
  const canary = make<Deployment>('apps/v1 Deployment canary', {
    spec: {
      selector: { matchExpressions: [{ key: 'track', operator: 'Exists' }] },
      ...labelled({ app: 'web', track: 'canary' }),
    },
  });
  const hook = make('batch/v1 Job seed', {
    metadata: { annotations: { 'helm.sh/hook': 'pre-install' } },
    spec: labelled({ app: 'web' }),
  });
  const graph = buildGraph([web, canary, hook]);
  expect(names(graph.workloadsMatching('shop', { matchLabels: { app: 'web' } }))).toEqual([
    'canary',
    'web',
  ]);
  expect(
    names(graph.workloadsMatching('shop', { matchLabels: { app: 'web', track: 'canary' } })),
  ).toEqual(['canary']);
  expect(names(graph.workloadsMatching('shop', {}))).toEqual(['canary', 'web']);
  const claiming = (labels: Record<string, string>) =>
    names(graph.workloadsSelecting('shop', labels));
  expect(claiming({ app: 'web' })).toEqual(['web']);
  expect(claiming({ app: 'web', track: 'x' })).toEqual(['canary', 'web']);
  expect(claiming({})).toEqual([]);
});

it('relates pods, nodes, slices and events', () => {
  const pod = make<Pod>('v1 Pod web-a', {
    metadata: { uid: 'p1', labels: { app: 'web' } },
    spec: { nodeName: 'node-1' },
  });
  const node = make<Node>('v1 Node node-1', { metadata: { namespace: undefined, uid: 'n1' } });
  const service = make<Service>('v1 Service web', { spec: { selector: { app: 'web' } } });
  const slice = make('discovery.k8s.io/v1 EndpointSlice web-x', {
    metadata: { labels: { 'kubernetes.io/service-name': 'web' } },
  });
  const event = (name: string, involvedObject: object, rest: object = {}) =>
    make<KubeObject>(`v1 Event ${name}`, { involvedObject, ...rest });
  const graph = buildGraph([
    pod,
    node,
    service,
    slice,
    event('old', { kind: 'Pod', name: 'web-a' }, { lastTimestamp: '2026-11-21T08:00:00Z' }),
    event('new', { kind: 'Pod', name: 'web-a', uid: 'p1' }, { eventTime: '2026-11-21T09:00:00Z' }),
    event('earlier-pod', { kind: 'Pod', name: 'web-a', uid: 'p0' }),
    event('kubelet', { kind: 'Node', name: 'node-1', uid: 'node-1' }),
    event('foreign', { kind: 'Rollout', name: 'web-a' }),
    make('v1 Event half'),
  ]);
  expect(graph.nodeOf(pod)).toBe(node);
  expect(names(graph.endpointSlicesOf(service))).toEqual(['web-x']);
  expect(names(graph.eventsOf(pod))).toEqual(['new', 'old']);
  expect(names(graph.eventsOf(node))).toEqual(['kubelet']);
  expect(names(graph.podsMatching('shop', { matchLabels: { app: 'web' } }))).toEqual(['web-a']);
});

describe('what manifests leave out', () => {
  it('gets the namespace of the release, where its kind has one', () => {
    const bare = { metadata: { namespace: undefined } };
    const graph = buildGraph(
      [
        make('apps/v1 Deployment web', bare),
        make('v1 Node node-1', bare),
        make('v1 Namespace shop', bare),
        make('apps/v1 Deployment other', { metadata: { namespace: 'other' } }),
        make('example.com/v1 Widget w', bare),
      ],
      { namespace: 'release' },
    );
    expect(names(graph.workloads('release'))).toEqual(['web']);
    expect(graph.get('Deployment', 'other', 'other')).toBeDefined();
    expect(graph.get('Node', undefined, 'node-1')?.metadata.namespace).toBeUndefined();
    expect(graph.get('Namespace', undefined, 'shop')).toBeDefined();
    expect(names(graph.untyped('release'))).toEqual(['w']);
  });

  it('does no harm as null', () => {
    const graph = buildGraph([
      make('apps/v1 Deployment web', {
        metadata: { labels: null, annotations: null, ownerReferences: null },
        spec: {
          selector: { matchLabels: { app: 'web' }, matchExpressions: null },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: {
              volumes: null,
              containers: [{ name: 'web', env: null, envFrom: null, ports: null }],
            },
          },
        },
      }),
      make('apps/v1 Deployment half', { spec: null }),
      make('v1 Service web', { spec: { selector: { app: 'web' }, ports: null } }),
      make('v1 Service half', { spec: null }),
      make('autoscaling/v2 HorizontalPodAutoscaler half', { spec: null }),
      make('policy/v1 PodDisruptionBudget half', { spec: null }),
      make('networking.k8s.io/v1 NetworkPolicy half', { spec: null }),
    ]);
    const service = graph.get('Service', 'shop', 'web')!;
    expect(names(graph.workloadsOf(service))).toEqual(['web']);
    expect(service.spec).not.toHaveProperty('ports');
  });

  it('keeps list positions', () => {
    const container = { name: 'web', args: ['a', null, 'b'] };
    const graph = buildGraph([make('v1 Pod web', { spec: { containers: [container] } })]);
    expect(graph.get('Pod', 'shop', 'web')!.spec.containers[0]).toEqual(container);
  });

  it('goes by generateName where there is no name', () => {
    const graph = buildGraph([
      make('batch/v1 Job x', { metadata: { name: undefined, generateName: 'seed-' } }),
    ]);
    expect(names(graph.workloads())).toEqual(['seed-']);
  });
});

it('names an object that cannot be one of its kind, and leaves it out', () => {
  const malformed = make('apps/v1 Deployment web', {
    spec: { template: { spec: { containers: [{ name: 'web', env: { MODE: 'fast' } }] } } },
  });
  expect(() => buildGraph([malformed])).toThrow(MalformedObjectError);
  const graph = buildGraph([web]);
  expect(() => graph.apply({ type: 'upsert', object: malformed })).toThrow(
    /^Deployment\/web is malformed: /,
  );
  expect(graph.size).toBe(0);
  expect(graph.workloads()).toEqual([]);
  expect(graph.workloadsMatching('shop', {})).toEqual([]);
});
