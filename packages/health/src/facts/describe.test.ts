import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildGraph,
  type GraphOptions,
  type KubeObject,
  type Pod,
  type PodDisruptionBudget,
} from '@waymark/kube-graph';
import { JSON_SCHEMA, loadAll } from 'js-yaml';
import { describe as describeFacts } from './describe';

interface Head {
  now: string;
}

interface Given {
  readonly add?: readonly KubeObject[];
  readonly coverage?: GraphOptions['coverage'];
}

function factsOf(file: string, { add = [], coverage }: Given = {}) {
  const text = readFileSync(join(__dirname, '..', file), 'utf8');
  const [head, ...objects] = loadAll(text, undefined, { schema: JSON_SCHEMA }) as [
    Head,
    ...KubeObject[],
  ];
  const graph = buildGraph([...objects, ...add], { coverage });
  return describeFacts(graph.workloads()[0], graph, new Date(head.now));
}

describe('facts of a workload', () => {
  it('shows a healthy workload with everything around it', () => {
    expect(factsOf('kinds/cases/deployment-healthy.yaml')).toMatchObject({
      workload: { kind: 'Deployment', namespace: 'shop', name: 'web' },
      replicas: { desired: 3, ready: 3, updated: 3, total: 3 },
      images: [{ container: 'web', image: 'registry.example/shop/web:1.4.0' }],
      revision: '1',
      recentRestarts: 0,
      pods: [{ status: 'healthy', state: 'Running', count: 3 }],
      scaler: {
        current: 3,
        min: 3,
        max: 6,
        metrics: [{ name: 'cpu', current: '25 %', target: '60 %' }],
      },
      disruptionBudgets: [{ disruptionsAllowed: 1, healthy: 3, desiredHealthy: 2 }],
      services: [{ service: { name: 'web' }, readyEndpoints: 3, totalEndpoints: 3 }],
    });
  });

  it('groups pods by their state, the worst first', () => {
    const { pods, recentRestarts } = factsOf('causes/crash-loop/cases/one-of-three.yaml');
    expect(pods.map(({ status, state, count }) => ({ status, state, count }))).toEqual([
      { status: 'down', state: expect.stringMatching(/Error|CrashLoopBackOff/), count: 1 },
      { status: 'healthy', state: 'Running', count: 2 },
    ]);
    expect(recentRestarts).toBe(pods[0].examples[0].restarts);
    expect(pods[0].examples[0]).toMatchObject({
      node: expect.any(String),
      zone: expect.stringMatching(/^eu-west-1/),
    });
  });

  it.each([
    ['crash-loop/cases/just-restarted.yaml', 4],
    ['crash-loop/cases/no-fault-restart-60-days-ago.yaml', 0],
    ['crash-loop/cases/no-fault-slow-loop-is-over.yaml', 0],
  ])('counts the restarts of the last hour: %s', (file, restarts) => {
    expect(factsOf(`causes/${file}`).recentRestarts).toBe(restarts);
  });

  it.each([
    ['lost-just-now', 'progressing'],
    ['lost-all', 'degraded'],
  ])('gives a pod that lost readiness a minute: %s', (name, status) => {
    const { pods } = factsOf(`causes/probe-failing/cases/${name}.yaml`);
    expect(pods[0]).toMatchObject({ status, state: 'NotReady', count: 3 });
  });

  it('stays flat in the number of pods', () => {
    const text = readFileSync(join(__dirname, '../kinds/cases/deployment-healthy.yaml'), 'utf8');
    const pod = (loadAll(text, undefined, { schema: JSON_SCHEMA }) as KubeObject[]).find(
      ({ kind }) => kind === 'Pod',
    ) as Pod;
    const many = Array.from({ length: 297 }, (_, index) => ({
      ...pod,
      metadata: { ...pod.metadata, name: `web-${index}`, uid: `${index}` },
    }));
    const { pods } = factsOf('kinds/cases/deployment-healthy.yaml', { add: many });
    expect(pods).toEqual([expect.objectContaining({ state: 'Running', count: 300 })]);
    expect(pods[0].examples).toHaveLength(5);
  });

  it('counts what serves, not what is published as ready', () => {
    const { services } = factsOf('causes/no-endpoints/cases/publishes-not-ready.yaml');
    expect(services).toEqual([expect.objectContaining({ readyEndpoints: 0, totalEndpoints: 2 })]);
  });

  it('counts no endpoints where slices may not be read, and no disruptions where nobody has yet', () => {
    const message = 'endpointslices is forbidden';
    const budget: PodDisruptionBudget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } },
    };
    const { services, disruptionBudgets } = factsOf('kinds/cases/deployment-healthy.yaml', {
      add: [budget],
      coverage: kind =>
        kind === 'EndpointSlice'
          ? { state: 'missing', reason: 'forbidden', message }
          : { state: 'complete' },
    });
    expect(services).toEqual([{ service: expect.objectContaining({ name: 'web' }) }]);
    expect(disruptionBudgets).toEqual([{ budget: expect.objectContaining({ name: 'web' }) }]);
  });

  it('says that a scaler has measured nothing', () => {
    const { scaler } = factsOf('causes/autoscaler/cases/no-fault-first-reading.yaml');
    expect(scaler).toMatchObject({ desired: 0, metrics: [{ name: 'cpu', target: '50 %' }] });
    expect(scaler?.metrics[0]).not.toHaveProperty('current');
  });
});
