import type { KubeObject } from '@waymark/kube-graph';
import { type KindState, ManualClock } from '@waymark/cluster-watch';
import { ConflictError } from '@backstage/errors';
import type { Owned } from '../entities/EntitySelector';
import { MemoryVerdictStore } from '../__testUtils__/MemoryVerdictStore';
import { ScriptedWatch } from '../__testUtils__/ScriptedWatch';
import { Collector } from './Collector';
import { judgeSubject } from './judgeSubject';

const START = '2026-11-21T10:00:00Z';
const LIVE: KindState = { state: 'live', since: new Date(START) };

const labels = { app: 'web' };
const deployment = (ready: number, overrides = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'd', generation: 1, labels },
  spec: {
    replicas: 1,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'web:1' }] } },
  },
  status: {
    observedGeneration: 1,
    replicas: 1,
    updatedReplicas: 1,
    readyReplicas: ready,
    availableReplicas: ready,
    conditions: [
      { type: 'Available', status: ready ? 'True' : 'False', lastTransitionTime: START },
      {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        lastTransitionTime: START,
      },
    ],
  },
  ...overrides,
});
const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop', labels, creationTimestamp: '2026-11-20T10:00:00Z' },
  spec: { selector: labels, ports: [{ port: 80 }] },
};

describe('Collector', () => {
  let clock: ManualClock;
  let watch: ScriptedWatch;
  let store: MemoryVerdictStore;
  let published: (readonly Owned[])[];
  let failures: string[];
  let collector: Collector;
  let judge: jest.MockedFunction<typeof judgeSubject>;

  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  };
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      const step = Math.min(1_000, ms - passed);
      clock.advance(step);
      await settle();
    }
  };
  const inContact = () => ({ lastContact: new Date(clock.now()) });
  const records = () => store.writes.flatMap(write => write.records);
  const statuses = () => records().map(({ status }) => status);

  beforeEach(async () => {
    clock = new ManualClock(START);
    watch = new ScriptedWatch();
    store = new MemoryVerdictStore();
    published = [];
    failures = [];
    judge = jest.fn(judgeSubject);
    collector = new Collector({
      watch,
      store,
      judge: (...args) => judge(...args),
      publish: changed => published.push(changed),
      clock,
      observer: { failed: (what, error) => failures.push(`${what}: ${error.message}`) },
    });
    await collector.start();
  });

  afterEach(() => collector.stop());

  const goLive = async (...objects: object[]) => {
    watch.change(...objects);
    watch.enter({ state: 'live', kinds: { Pod: LIVE }, ...inContact() });
    await pass(200);
  };

  it('judges nothing until all kinds are listed, then everything, once', async () => {
    watch.change(deployment(1));
    await pass(5_000);
    expect(store.writes).toEqual([]);
    expect(store.states.at(-1)).toMatchObject({ state: 'listing' });

    await goLive();
    expect(records()).toMatchObject([{ subject: 'apps/Deployment/shop/web', status: 'healthy' }]);
    await pass(60_000);
    expect(store.writes).toHaveLength(1);
  });

  it('writes what a change did within 250 ms, tells whom it concerns, and says nothing twice', async () => {
    await goLive(deployment(1));
    published.length = 0;
    watch.change(deployment(0));
    await pass(250);
    expect(statuses()).toEqual(['healthy', expect.not.stringMatching('healthy')]);
    expect(published).toEqual([[{ cluster: 'eu', namespace: 'shop', labels }]]);
    expect(store.writes.at(-1)!.transitions).toMatchObject([{ from: 'healthy' }]);

    watch.change({
      ...deployment(0),
      metadata: { ...deployment(0).metadata, resourceVersion: '9' },
    });
    await pass(250);
    expect(store.writes).toHaveLength(2);
  });

  it('drops what is gone, and what went while nobody watched', async () => {
    await collector.stop();
    store.subjects.push({
      subject: 'apps/Deployment/shop/old',
      owned: { cluster: 'eu', labels: {} },
      since: START,
      digest: '',
    });
    collector = new Collector({
      watch,
      store,
      judge: judgeSubject,
      publish: () => undefined,
      clock,
    });
    await collector.start();
    await goLive(deployment(1));
    expect(store.writes.flatMap(({ gone }) => gone)).toEqual(['apps/Deployment/shop/old']);
    watch.remove(deployment(1));
    await pass(250);
    expect(store.writes.at(-1)!.gone).toEqual(['apps/Deployment/shop/web']);
    // What never had a status, as the old one, leaves no line either.
    expect(store.writes.flatMap(({ transitions }) => transitions)).toMatchObject([
      { subject: 'apps/Deployment/shop/web', to: 'healthy' },
      {
        subject: 'apps/Deployment/shop/web',
        namespace: 'shop',
        at: new Date(clock.now()).toISOString(),
        from: 'healthy',
        to: 'gone',
        release: { images: [{ container: 'main', image: 'web:1' }] },
      },
    ]);
  });

  it('takes a workload that may not be read any more for unknown, not for gone', async () => {
    await goLive(deployment(1));
    const message = 'deployments.apps is forbidden';
    watch.missing.set('Deployment', { state: 'missing', reason: 'forbidden', message });
    watch.remove(deployment(1));
    await pass(250);
    expect(store.writes.flatMap(({ gone }) => gone)).toEqual([]);
    expect(statuses()).toEqual(['healthy', 'unknown']);
    expect(records().at(-1)!.health!.verdict.gaps).toEqual([{ kind: 'Deployment', message }]);

    watch.missing.clear();
    watch.change(deployment(1));
    await pass(250);
    expect(statuses().at(-1)).toBe('healthy');
  });

  it('judges again when the time has come, without any change', async () => {
    await goLive(deployment(1));
    const soon = new Date(clock.now() + 10_000).toISOString();
    judge.mockImplementation((...args) => {
      const judged = judgeSubject(...args)!;
      const { verdict, facts } = judged.health!;
      const late = args[2].now.toISOString() >= soon;
      return {
        ...judged,
        health: {
          facts,
          verdict: {
            ...verdict,
            status: late ? 'down' : 'progressing',
            recheckAt: late ? undefined : soon,
          },
        },
      };
    });
    watch.change(deployment(1, { spec: { ...deployment(1).spec, paused: true } }));
    await pass(9_000);
    expect(statuses().at(-1)).toBe('progressing');
    await pass(2_500);
    expect(statuses().at(-1)).toBe('down');
  });

  it('leaves the last verdicts alone while the cluster is not heard, and tells that it is not', async () => {
    await goLive(deployment(1));
    published.length = 0;
    watch.enter({
      state: 'stale',
      kinds: { Pod: { state: 'stale', since: new Date(), message: 'reset' } },
    });
    watch.change(deployment(0));
    watch.missing.set('Pod', { state: 'missing', reason: 'unreachable', message: 'reset' });
    await pass(60_000);
    expect(statuses()).toEqual(['healthy']);
    expect(store.states.at(-1)!.state).toBe('stale');
    expect(published.length).toBeGreaterThanOrEqual(1);

    // Back, but its kinds are not all there yet: half a picture is not judged.
    watch.enter({ ...inContact() });
    await pass(2_000);
    expect(statuses()).toEqual(['healthy']);
    watch.missing.clear();
    watch.enter({ state: 'live', kinds: { Pod: LIVE }, ...inContact() });
    await pass(250);
    expect(statuses()).toHaveLength(2);
  });

  it('makes everything unknown that one kind decides which stays away', async () => {
    await goLive(deployment(1));
    watch.missing.set('Pod', {
      state: 'missing',
      reason: 'unreachable',
      message: 'etcdserver: timeout',
    });
    for (let second = 0; second < 40; second += 1) {
      watch.enter({
        state: 'stale',
        kinds: { Pod: { state: 'stale', since: new Date(START), message: 'etcdserver: timeout' } },
        ...inContact(),
      });
      await pass(1_000);
    }
    expect(statuses().at(-1)).toBe('unknown');
    expect(records().at(-1)!.health!.verdict.gaps).toEqual(
      expect.arrayContaining([{ kind: 'Pod', message: 'etcdserver: timeout' }]),
    );
  });

  it('says that its verdicts are fit to be trusted once all of them are judged, and not before', async () => {
    const old = { subject: 'apps/Deployment/shop/web', owned: { cluster: 'eu', labels } };
    await collector.stop();
    store.subjects.push({ ...old, status: 'healthy', since: START, digest: '' });
    collector = new Collector({
      watch,
      store,
      judge: judgeSubject,
      publish: changed => published.push(changed),
      clock,
    });
    await collector.start();
    watch.enter({ state: 'listing', ...inContact() });
    await pass(10_000);
    expect(store.states.at(-1)).toMatchObject({ state: 'listing', lastContact: new Date(START) });
    expect(store.states.every(({ fitAt }) => !fitAt)).toBe(true);

    store.refusal = new Error('connection refused');
    await goLive(deployment(0));
    store.refusal = undefined;
    // Written while everything waits to be judged.
    watch.enter({ state: 'stale', message: 'reset' });
    watch.enter({ state: 'live' });
    await settle();
    expect(store.states.at(-1)).toMatchObject({ state: 'live' });
    expect(store.states.some(({ fitAt }) => fitAt)).toBe(false);
    published.length = 0;
    await pass(2_000);
    expect(statuses()).toEqual([expect.not.stringMatching('healthy')]);
    expect(store.states.at(-1)).toMatchObject({ state: 'live', fitAt: expect.any(Date) });
    expect(published.at(-1)).toHaveLength(1);
  });

  it('does not trust its verdicts after an outage until they are judged again', async () => {
    const unfitFor = () =>
      Math.floor((clock.now() - store.states.at(-1)!.fitAt!.getTime()) / 1_000);
    const stay = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        watch.enter(inContact());
        await pass(1_000);
      }
    };
    await goLive(deployment(1));
    expect(unfitFor()).toBe(0);

    // A single kind, which is waited for half a minute; then what it decides is judged without it.
    const message = 'etcdserver: timeout';
    watch.missing.set('Pod', { state: 'missing', reason: 'unreachable', message });
    watch.enter({
      state: 'stale',
      kinds: { Pod: { state: 'stale', since: new Date(START), message } },
      ...inContact(),
    });
    await stay(20);
    expect([statuses().at(-1), unfitFor()]).toEqual(['healthy', 20]);
    await stay(20);
    expect([statuses().at(-1), unfitFor()]).toEqual(['unknown', 0]);

    watch.missing.clear();
    watch.enter({ state: 'live', kinds: { Pod: LIVE }, ...inContact() });
    await pass(250);
    expect([statuses().at(-1), unfitFor()]).toEqual(['healthy', 0]);

    // All of it, and back with nothing that changed.
    watch.enter({ state: 'stale' });
    published.length = 0;
    // What is known stays complete for half a minute; then it cannot be judged any more.
    await pass(60_000);
    expect(unfitFor()).toBeGreaterThanOrEqual(30);
    expect(published).not.toEqual([]);
    watch.enter({ state: 'live', ...inContact() });
    await pass(250);
    expect(unfitFor()).toBe(0);
  });

  it('lets a Service speak for itself while no workload does', async () => {
    await goLive(deployment(1), SERVICE);
    watch.remove(deployment(1));
    await pass(250);
    expect(store.writes.at(-1)).toMatchObject({
      gone: ['apps/Deployment/shop/web'],
      records: [
        {
          subject: '/Service/shop/web',
          owned: { labels },
          status: 'down',
          health: {
            verdict: { cause: { code: 'service-selects-nothing' } },
            facts: { replicas: { desired: 0, ready: 0 }, services: [{ readyEndpoints: 0 }] },
          },
        },
      ],
    });
    const { readiness } = store.writes.at(-1)!.records[0];
    expect(readiness.open.map(({ rule }) => rule)).toContain('service-selects-nothing');

    watch.change(deployment(1));
    await pass(250);
    expect(store.writes.at(-1)!.gone).toEqual(['/Service/shop/web']);
  });

  it('makes a workload unknown that cannot be judged, and judges the others', async () => {
    judge.mockImplementation((graph, subject, options) => {
      if (subject.endsWith('/odd')) throw new Error('not a function');
      return judgeSubject(graph, subject, options);
    });
    const odd = deployment(1, { metadata: { name: 'odd', namespace: 'shop' } });
    await goLive(odd, deployment(1));
    expect(records()).toMatchObject([
      { subject: 'apps/Deployment/shop/odd', status: 'unknown' },
      { subject: 'apps/Deployment/shop/web', status: 'healthy' },
    ]);
    expect(failures).toEqual(['judge: not a function']);
  });

  it('survives objects that are not what they say', async () => {
    const hostile = [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'half', namespace: 'shop' } },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p', namespace: 'shop' },
        status: { containerStatuses: 7 },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 's', namespace: 'shop' },
        spec: { selector: null },
      },
      { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'h' } },
    ] as unknown as KubeObject[];
    await goLive(...hostile, deployment(1));
    expect(records().find(({ subject }) => subject.endsWith('/web'))?.status).toBe('healthy');
    const half = records().find(({ subject }) => subject.endsWith('/half'));
    expect(half?.status).not.toBe('healthy');
  });

  it('writes later what the database would not take', async () => {
    store.refusal = new ConflictError('Another replica');
    await goLive(deployment(1));
    expect(new Set(failures)).toEqual(new Set(['write: Another replica']));
    store.refusal = undefined;
    await pass(2_000);
    expect(statuses()).toEqual(['healthy']);
  });

  it('lets one row that the database refuses hold up itself alone', async () => {
    const odd = deployment(1, { metadata: { ...deployment(1).metadata, namespace: 'odd' } });
    store.refused.set('apps/Deployment/odd/web', new Error('value too long'));
    await goLive(odd, deployment(1));
    await pass(10_000);
    expect(records().map(({ subject }) => subject)).toEqual(['apps/Deployment/shop/web']);
    expect(failures).toEqual([
      expect.stringMatching(/^write: .*odd\/web is refused.*value too long/),
    ]);
    watch.change(deployment(0));
    await pass(250);
    expect(records()).toHaveLength(2);

    store.refused.clear();
    await pass(60_000);
    expect(records().map(({ subject }) => subject)).toContain('apps/Deployment/odd/web');
    expect(failures).toHaveLength(1);
  });

  it('tries a database that is away once a second, and not row by row', async () => {
    store.refusal = new Error('connection refused');
    await goLive(deployment(1), deployment(1, { metadata: { name: 'b', namespace: 'shop' } }));
    const tried = jest.spyOn(store, 'write');
    failures.length = 0;
    await pass(4_000);
    expect(tried).toHaveBeenCalledTimes(4);
    store.refusal = undefined;
    await pass(2_000);
    expect(records()).toHaveLength(2);
  });

  it('stops its watch and all its work', async () => {
    await goLive(deployment(1));
    await collector.stop();
    expect(watch.stop).toHaveBeenCalled();
    watch.change(deployment(0));
    await pass(10_000);
    expect(store.writes).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
