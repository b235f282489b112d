import type { Pod } from '../objects/pod';
import { containerOf, startTestCluster, type TestCluster } from '../startTestCluster';

let test: TestCluster;
beforeEach(() => {
  test = startTestCluster();
});

const one = { replicas: 1 };
const web = { namespace: 'shop', name: 'web' };
const only = (): Pod => test.pods('web')[0];
const container = () => only().status.containerStatuses?.[0];
const condition = (type: string) => only().status.conditions?.find(each => each.type === type);
const fullName = () => `${only().metadata.name}_shop(${only().metadata.uid})`;

it('brings a pod from nothing to ready, the noise of a healthy start included', () => {
  test.deploy('web', {}, one);
  test.pass(0.5);
  expect(only().status).toMatchObject({ phase: 'Pending', qosClass: 'Burstable' });
  expect(container()).toMatchObject({
    ready: false,
    started: false,
    state: { waiting: { reason: 'ContainerCreating' } },
  });
  expect(condition('Ready')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotReady',
    message: 'containers with unready status: [app]',
    observedGeneration: 1,
  });
  expect(condition('PodReadyToStartContainers')?.status).toBe('False');
  test.pass(9.5);
  expect(only().status.phase).toBe('Running');
  expect(condition('Ready')).toMatchObject({ status: 'True' });
  expect(container()).toMatchObject({
    ready: true,
    started: true,
    restartCount: 0,
    state: { running: { startedAt: '2026-01-05T10:00:03Z' } },
  });
  const about = only().metadata.name;
  const told = test.cluster
    .list('Event')
    .filter(({ involvedObject }) => involvedObject.name === about)
    .map(({ type, reason, message }) => `${type} ${reason}: ${message}`);
  const ip = only().status.podIP;
  expect(told).toEqual([
    `Normal Scheduled: Successfully assigned shop/${about} to ${only().spec.nodeName}`,
    'Normal Pulling: Pulling image "registry.example/app:1"',
    expect.stringMatching(
      /^Normal Pulled: Successfully pulled image "registry.example\/app:1" in 1.4s \(1.4s including waiting\). Image size: \d+ bytes.$/,
    ),
    'Normal Created: Container created',
    'Normal Started: Container started',
    `Warning Unhealthy: Readiness probe failed: Get "http://${ip}:8080/readyz": dial tcp ${ip}:8080: connect: connection refused`,
  ]);
});

it('restarts what crashes at once, then with growing pauses, in phase Running', () => {
  const exit = {
    after: 1,
    code: 1,
    reason: 'Error',
    log: ['no host'],
    message: 'no host',
  } as const;
  test.behaviours.set(web, { exit });
  test.deploy('web', {}, one);
  const starts: number[] = [];
  const began = test.cluster.timeline.now().getTime();
  test.cluster.watch(({ object }) => {
    const at = (object as Pod).status?.containerStatuses?.[0]?.state.running?.startedAt;
    const second = at ? (Date.parse(at) - began) / 1000 : -1;
    if (at && !starts.includes(second)) starts.push(second);
  });
  test.pass(300);
  // 2.x s to pull and start; then at once, 10 s, 20 s, 40 s, 80 s after each end.
  const pauses = starts.slice(1).map((second, index) => second - starts[index]);
  expect(pauses).toEqual([2, 11, 21, 41, 81]);
  expect(only().status.phase).toBe('Running');
  expect(container()).toMatchObject({
    ready: false,
    restartCount: 5,
    state: {
      waiting: {
        reason: 'CrashLoopBackOff',
        message: `back-off 2m40s restarting failed container=app pod=${fullName()}`,
      },
    },
    lastState: { terminated: { exitCode: 1, reason: 'Error', message: 'no host' } },
  });
  expect(test.events('BackOff')[0].message).toBe(
    `Back-off restarting failed container app in pod ${fullName()}`,
  );
  expect(condition('Ready')?.lastTransitionTime).toBe('2026-01-05T10:00:01Z');
});

it('shows an OOM kill as such', () => {
  const exit = { after: 5, code: 137, reason: 'OOMKilled', log: [] } as const;
  test.behaviours.set(web, { exit });
  test.deploy('web', {}, one);
  test.pass(30);
  expect(container()?.lastState.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
});

it('alternates between the pull error and its back-off', () => {
  test.deploy('web', { containers: [containerOf({ image: 'shop/web:does-not-exist' })] }, one);
  const error =
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/shop/web:does-not-exist": ' +
    'failed to resolve reference "docker.io/shop/web:does-not-exist": docker.io/shop/web:does-not-exist: not found';
  const waiting: unknown[] = [];
  test.cluster.watch(({ object }) => {
    const state = (object as Pod).status?.containerStatuses?.[0]?.state.waiting;
    if (state && JSON.stringify(state) !== JSON.stringify(waiting.at(-1))) waiting.push(state);
  });
  test.pass(30);
  const backOff = {
    reason: 'ImagePullBackOff',
    message: `Back-off pulling image "shop/web:does-not-exist": ErrImagePull: ${error}`,
  };
  const failed = { reason: 'ErrImagePull', message: error };
  expect(waiting.slice(1)).toEqual([failed, backOff, failed, backOff]);
  expect(only().status.phase).toBe('Pending');
});

describe('configuration', () => {
  const asking = (env: object) => ({ containers: [containerOf(env)] });
  const configMapKey = { name: 'A', valueFrom: { configMapKeyRef: { name: 'web', key: 'a' } } };
  const secretKey = { name: 'A', valueFrom: { secretKeyRef: { name: 'web', key: 'a' } } };
  const optional = {
    name: 'A',
    valueFrom: { secretKeyRef: { name: 'x', key: 'a', optional: true } },
  };

  it.each([
    [
      'a ConfigMap',
      { envFrom: [{ configMapRef: { name: 'gone' } }] },
      'configmap "gone" not found',
    ],
    ['a Secret', { envFrom: [{ secretRef: { name: 'gone' } }] }, 'secret "gone" not found'],
    ['a key', { env: [configMapKey] }, "couldn't find key a in ConfigMap shop/web"],
    ['a secret key', { env: [secretKey] }, "couldn't find key a in Secret shop/web"],
  ])('names %s that is missing', (_, env, message) => {
    test.apply('ConfigMap', 'web', { data: { b: '1' } });
    test.apply('Secret', 'web', { data: {} });
    test.deploy('web', asking(env), one);
    test.pass(20);
    expect(container()?.state).toEqual({
      waiting: { reason: 'CreateContainerConfigError', message },
    });
    expect(test.events('Failed')[0]).toMatchObject({
      type: 'Warning',
      message: `Error: ${message}`,
      count: 2,
    });
  });

  it('starts without what is optional, and as soon as what is missing has come', () => {
    test.deploy('web', asking({ env: [optional, configMapKey] }), one);
    test.pass(20);
    expect(container()?.ready).toBe(false);
    test.apply('ConfigMap', 'web', { data: { a: '1' } });
    test.pass(20);
    expect(container()?.ready).toBe(true);
  });

  it('does not mount what is not there', () => {
    const volumes = [{ name: 'files', configMap: { name: 'gone' } }];
    test.deploy('web', { containers: [containerOf()], volumes }, one);
    test.pass(10);
    expect(container()?.state.waiting?.reason).toBe('ContainerCreating');
    expect(test.events('FailedMount')[0].message).toBe(
      'MountVolume.SetUp failed for volume "files" : configmap "gone" not found',
    );
  });

  it('gets its Secret from the secrets store by mounting it', () => {
    const attributes = { volumeAttributes: { secretProviderClass: 'web' } };
    const volumes = [{ name: 's', csi: { driver: 'secrets-store.csi.k8s.io', ...attributes } }];
    test.deploy('web', { ...asking({ env: [secretKey] }), volumes }, one);
    test.pass(5);
    expect(test.events('FailedMount')[0].message).toContain(
      'SecretProviderClass.secrets-store.csi.x-k8s.io "web" not found',
    );
    const data = [{ key: 'a', objectName: 'shop/web/a' }];
    test.apply('SecretProviderClass', 'web', {
      spec: { secretObjects: [{ secretName: 'web', type: 'Opaque', data }] },
    });
    test.pass(30);
    expect(container()?.ready).toBe(true);
    const secret = test.cluster.get({ kind: 'Secret', namespace: 'shop', name: 'web' });
    expect(Object.keys(secret?.data ?? {})).toEqual(['a']);
    expect(secret?.metadata.ownerReferences?.[0].kind).toBe('ReplicaSet');
  });
});

it('throttles events: 25 of a failing probe, then one in five minutes', () => {
  test.deploy('web', {}, one);
  test.pass(20);
  const answers = { readiness: 503, liveness: 200, startup: 200 } as const;
  test.behaviours.set(web, { answers });
  test.pass(3600);
  // The one of the start is older than an hour and gone by now.
  const [unhealthy] = test.events('Unhealthy');
  expect(unhealthy.message).toBe('Readiness probe failed: HTTP probe failed with statuscode: 503');
  // Six of the burst went to the start; over an hour about one in five minutes is let through.
  expect(unhealthy.count).toBeGreaterThanOrEqual(25);
  expect(unhealthy.count).toBeLessThanOrEqual(33);
  expect(condition('Ready')).toMatchObject({ status: 'False', reason: 'ContainersNotReady' });
  expect(container()?.state.running).toBeDefined();
});

it('kills and restarts what hangs', () => {
  const livenessProbe = { httpGet: { path: '/livez', port: 'http' }, periodSeconds: 2 };
  const containers = [containerOf({ livenessProbe })];
  test.deploy('web', { containers, terminationGracePeriodSeconds: 10 }, one);
  test.pass(20);
  const answers = { readiness: 200, liveness: 'hangs', startup: 200 } as const;
  test.behaviours.set(web, { answers, stopsAfter: 60 });
  test.pass(12);
  expect(container()?.state.running).toBeDefined();
  test.pass(10);
  expect(test.events('Killing')[0].message).toBe(
    'Container app failed liveness probe, will be restarted',
  );
  expect(container()?.restartCount).toBeGreaterThan(0);
  expect(container()?.lastState.terminated).toMatchObject({ exitCode: 137, reason: 'Error' });
});

it('runs init containers one after the other, and keeps a native sidecar', () => {
  const initContainers = [
    { name: 'migrate', image: 'registry.example/migrate:1' },
    { name: 'proxy', image: 'registry.example/proxy:1', restartPolicy: 'Always' },
  ];
  test.deploy('web', { containers: [containerOf()], initContainers }, one);
  test.pass(3);
  expect(condition('Initialized')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: 'containers with incomplete status: [migrate proxy]',
  });
  expect(container()?.state.waiting?.reason).toBe('PodInitializing');
  test.pass(20);
  const [migrate, proxy] = only().status.initContainerStatuses ?? [];
  expect(migrate.state.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
  expect(proxy).toMatchObject({ ready: true, started: true });
  expect(condition('Ready')?.status).toBe('True');
});

it('ends a pod gracefully, and by force when the grace is over', () => {
  test.deploy('web', { containers: [containerOf()], terminationGracePeriodSeconds: 10 }, one);
  test.pass(20);
  const { name, namespace } = only().metadata;
  test.behaviours.set(web, { stopsAfter: 60 });
  const marked = test.cluster.remove({ kind: 'Pod', namespace, name });
  expect(marked.metadata).toMatchObject({
    deletionTimestamp: '2026-01-05T10:00:31Z',
    deletionGracePeriodSeconds: 10,
  });
  test.pass(9);
  expect(test.cluster.get({ kind: 'Pod', namespace, name })).toBeDefined();
  test.pass(2);
  expect(test.cluster.get({ kind: 'Pod', namespace, name })).toBeUndefined();
  expect(test.events('Killing')[0].message).toBe('Stopping container app');
});

it('keeps the log of this run and of the one before', () => {
  const exit = { after: 3, code: 1, reason: 'Error', log: ['out of order'] } as const;
  test.behaviours.set(web, { exit, startLog: ['hello'], listenLog: ['here I am'] });
  test.deploy('web', {}, one);
  test.pass(2.5);
  const read = (previous: boolean) =>
    test.kubelets.read(only(), 'app', { previous }).map(({ text }) => text);
  expect(read(false)).toEqual(['hello']);
  expect(() => read(true)).toThrow('previous terminated container "app" in pod');
  test.pass(5);
  expect(read(true)).toEqual(['hello', 'here I am', 'out of order']);
});
