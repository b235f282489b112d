import type { EndpointSlice } from '../objects/network';
import { containerOf, startTestCluster, type TestCluster } from '../startTestCluster';

let test: TestCluster;
beforeEach(() => {
  test = startTestCluster();
});

const ports = [{ name: 'http', port: 80, targetPort: 'http' }];
const serve = (spec: object) => test.apply('Service', 'web', { spec: { ports, ...spec } });
const slice = (): EndpointSlice => test.cluster.list('EndpointSlice')[0];
const readiness = () =>
  (slice().endpoints ?? []).map(({ conditions }) => [conditions.ready, conditions.serving]);

describe('EndpointSlice', () => {
  it('names the pods that serve, with node, zone and port', () => {
    serve({ selector: { app: 'web' } });
    test.pass(1);
    // Recorded on 1.36.3: a Service that finds no pod has one slice with nothing in it.
    expect(slice()).toMatchObject({ addressType: 'IPv4', endpoints: null, ports: null });
    test.deploy('web');
    test.pass(3);
    expect(readiness()).toEqual([
      [false, false],
      [false, false],
    ]);
    test.pass(10);
    expect(readiness()).toEqual([
      [true, true],
      [true, true],
    ]);
    const [pod] = test.pods('web').sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
    expect(slice().endpoints?.[0]).toEqual({
      addresses: [pod.status.podIP],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: pod.spec.nodeName,
      zone: pod.metadata.labels?.['topology.kubernetes.io/zone'],
      targetRef: {
        kind: 'Pod',
        namespace: 'shop',
        name: pod.metadata.name,
        uid: pod.metadata.uid,
      },
    });
    expect(slice().ports).toEqual([{ name: 'http', port: 8080, protocol: 'TCP' }]);
    expect(slice().metadata.labels).toMatchObject({ 'kubernetes.io/service-name': 'web' });
  });

  it('keeps an ending pod as terminating, and one that is not ready out', () => {
    serve({ selector: { app: 'web' } });
    test.deploy('web', {
      containers: [containerOf({ lifecycle: { preStop: { sleep: { seconds: 5 } } } })],
    });
    test.pass(20);
    const [{ metadata }] = test.pods('web');
    test.cluster.remove({ kind: 'Pod', namespace: 'shop', name: metadata.name });
    test.pass(1);
    const ending = slice().endpoints?.find(({ targetRef }) => targetRef?.name === metadata.name);
    expect(ending?.conditions).toEqual({ ready: false, serving: true, terminating: true });
    test.pass(30);
    expect(slice().endpoints).toHaveLength(2);
    const answers = { readiness: 503, liveness: 200, startup: 200 } as const;
    test.behaviours.set({ namespace: 'shop', name: 'web' }, { answers });
    test.pass(10);
    expect(readiness()).toEqual([
      [false, false],
      [false, false],
    ]);
  });

  it('publishes addresses that are not ready where it is told to', () => {
    serve({ selector: { app: 'web' }, publishNotReadyAddresses: true });
    test.deploy('web');
    test.pass(3);
    expect(readiness()).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  it('has ready endpoints but no port when no container declares the name', () => {
    serve({ selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'grpc' }] });
    test.deploy('web');
    test.pass(20);
    expect(slice().ports).toBeNull();
    expect(readiness()[0]).toEqual([true, true]);
  });

  it('is not made for a selector that is absent or empty', () => {
    serve({});
    test.deploy('web');
    test.pass(20);
    expect(test.cluster.list('EndpointSlice')).toEqual([]);
  });
});

describe('PodDisruptionBudget', () => {
  const budget = (spec: object) =>
    test.apply('PodDisruptionBudget', 'web', {
      spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
    });
  const status = () =>
    test.cluster.get({ kind: 'PodDisruptionBudget', namespace: 'shop', name: 'web' })?.status;

  it.each([
    [{ maxUnavailable: 1 }, { desiredHealthy: 2, disruptionsAllowed: 1 }],
    [{ minAvailable: 3 }, { desiredHealthy: 3, disruptionsAllowed: 0 }],
    [{ minAvailable: '50%' }, { desiredHealthy: 2, disruptionsAllowed: 1 }],
    [{ maxUnavailable: '100%' }, { desiredHealthy: 0, disruptionsAllowed: 3 }],
  ])('counts %j of three', (spec, expected) => {
    budget(spec);
    test.deploy('web', {}, { replicas: 3 });
    test.pass(20);
    expect(status()).toMatchObject({ expectedPods: 3, currentHealthy: 3, ...expected });
    const allowed = expected.disruptionsAllowed > 0;
    expect(status()?.conditions).toEqual([
      {
        type: 'DisruptionAllowed',
        status: allowed ? 'True' : 'False',
        reason: allowed ? 'SufficientPods' : 'InsufficientPods',
        message: '',
        observedGeneration: 1,
        lastTransitionTime: expect.any(String),
      },
    ]);
  });

  it('follows the pods that are healthy', () => {
    budget({ minAvailable: 1 });
    test.deploy('web');
    test.pass(20);
    expect(status()?.disruptionsAllowed).toBe(1);
    const exit = { after: 1, code: 1, reason: 'Error', log: [] } as const;
    test.behaviours.set({ namespace: 'shop', name: 'web' }, { exit });
    test.pass(30);
    expect(status()).toMatchObject({ currentHealthy: 0, disruptionsAllowed: 0 });
  });

  it('says once that it covers nothing', () => {
    budget({ maxUnavailable: 1 });
    test.pass(60);
    expect(test.events('NoPods')).toMatchObject([
      { type: 'Normal', message: 'No matching pods found', count: 1 },
    ]);
  });
});
