import type { Change, Reads } from '@waymark/kube-graph';
import { HttpClusterApi } from '../api';
import { ManualClock } from '../clock';
import type { CredentialSource } from '../credentials';
import {
  hang,
  json,
  list,
  OpenWatch,
  refuse,
  reset,
  ScriptedApiServer,
  type Answer,
} from '../__testUtils__/ScriptedApiServer';
import { until } from '../__testUtils__/until';
import { ApiClusterWatch } from './ApiClusterWatch';
import type { ClusterState } from './ClusterWatch';

const READS: Reads = {
  Pod: { fields: ['/status/phase'] },
  Service: { fields: ['/spec/selector'] },
};

const pod = (name: string, phase = 'Running', resourceVersion = '1') => ({
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, resourceVersion, managedFields: [{}] },
  spec: { containers: [{ name: 'main', env: [{ name: 'PASSWORD', value: 'hunter2' }] }] },
  status: { phase },
});
const livePod = (...args: Parameters<typeof pod>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  ...pod(...args),
});
const bookmark = (resourceVersion: string) => ({ kind: 'Pod', metadata: { resourceVersion } });

const html: Answer = response => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<html><title>Sign in</title></html>');
};
const garbage: Answer = response => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"items": [');
};
const drip: Answer = response => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"kind": "PodList", ');
};
const FORBIDDEN = 'pods is forbidden: User "portal" cannot list resource "pods" in API group ""';

describe('ApiClusterWatch', () => {
  let server: ScriptedApiServer;
  let clock: ManualClock;
  let watch: ApiClusterWatch;
  let pods: OpenWatch;
  let batches: (readonly Change[])[];
  let states: ClusterState[];

  const podState = () => watch.state.kinds.Pod;
  const isLive = () => watch.state.state === 'live';
  const tokens: CredentialSource = {
    get: async () => ({ bearerToken: 'valid' }),
    invalidate: () => undefined,
  };

  function create(reads = READS, credentials = tokens, url = server.url) {
    const target = { url, tls: { skipVerify: false } };
    const api = new HttpClusterApi({ target, credentials, clock });
    watch = new ApiClusterWatch({ cluster: 'eu', api, reads, clock, random: () => 0.5 });
    batches = [];
    states = [];
    watch.on('changes', changes => batches.push(changes));
    watch.on('state', state => states.push(state));
    watch.start();
  }

  beforeEach(async () => {
    server = await ScriptedApiServer.start();
    clock = new ManualClock('2026-11-21T10:00:00Z');
    pods = new OpenWatch();
    server.on('list pods', list([pod('a'), pod('b')]));
    server.on('watch pods', pods.answer);
    server.on('list services', list([]));
    server.on('watch services', new OpenWatch().answer);
  });

  afterEach(async () => {
    await watch.stop();
    await server.stop();
  });

  it('leaves no timer and no connection behind', async () => {
    server.on('list services', hang);
    create();
    await until(() => podState()?.state === 'live' && server.count('list services') === 1);
    await watch.stop();
    expect(clock.pending).toBe(0);
    await until(() => server.open === 0);
    expect(states.at(-1)?.state).toBe('listing');
  });

  it('lists in pages, keeps what is read, follows the watch and resumes where it ended', async () => {
    server.on('list pods', list([pod('a')], '10', 'page-2'), list([pod('b')], '10'));
    create();
    await until(isLive);

    expect(server.requests.find(({ path }) => path === '/api/v1/pods')?.query.get('limit')).toBe(
      '500',
    );
    expect(server.last('list pods')?.query.get('continue')).toBe('page-2');
    expect(server.last('watch pods')?.query.get('resourceVersion')).toBe('10');
    expect(server.last('watch pods')?.query.get('allowWatchBookmarks')).toBe('true');
    expect(server.last('watch pods')?.query.get('timeoutSeconds')).toBe('450');
    expect([...watch.store.objects('Pod')][0]).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'shop', uid: 'uid-a', resourceVersion: '1' },
      status: { phase: 'Running' },
    });
    expect(JSON.stringify([...watch.store.objects()])).not.toContain('hunter2');
    // The state says live only after everyone was told what was listed.
    expect(batches.flat().map(({ object }) => object.metadata.name)).toEqual(['a', 'b']);

    batches.length = 0;
    pods.push('MODIFIED', livePod('a', 'Failed', '11'));
    pods.push('MODIFIED', livePod('b', 'Running', '12'));
    pods.push('DELETED', livePod('b', 'Running', '13'));
    pods.push('BOOKMARK', bookmark('40'));
    await until(() => batches.flat().length === 2);
    expect(batches.flat().map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual([
      'upsert a',
      'delete b',
    ]);

    pods.end();
    await until(() => server.count('watch pods') === 2);
    expect(server.last('watch pods')?.query.get('resourceVersion')).toBe('40');
    expect(server.count('list pods')).toBe(2);
    expect(isLive()).toBe(true);
  });

  it('asks for warnings, for the keys of ConfigMaps and never for Secrets', async () => {
    const configMap = { metadata: { name: 'settings' }, data: { url: 'postgres://u:secret@db' } };
    server.on('list configmaps', list([configMap]));
    server.on('list events', list([]));
    for (const resource of ['configmaps', 'events', 'secrets'])
      server.on(`watch ${resource}`, new OpenWatch().answer);
    create({
      ConfigMap: { fields: [], keysOf: ['/data'] },
      Event: { fields: [] },
      Secret: { fields: ['/data'] },
    });
    await until(isLive);

    expect(server.last('watch events')?.query.get('fieldSelector')).toBe('type=Warning');
    expect([...watch.store.objects('ConfigMap')]).toMatchObject([{ data: { url: '' } }]);
    expect(server.requests.some(({ path }) => path.includes('secrets'))).toBe(false);
    expect(watch.coverage('Secret')).toEqual({ state: 'open' });
  });

  it.each<[string, Answer, number, object, ClusterState['state'], string]>([
    ['a black hole', hang, 30_000, { state: 'stale' }, 'stale', 'no complete answer within 30 s'],
    ['a slow drip', drip, 30_000, { state: 'stale' }, 'stale', 'no complete answer within 30 s'],
    ['a reset', reset, 0, { state: 'stale' }, 'stale', 'other side closed'],
    [
      'a 500',
      refuse(500, 'etcdserver: leader changed'),
      0,
      { state: 'stale' },
      'stale',
      'etcdserver',
    ],
    ['a 429', refuse(429, 'slow down'), 0, { state: 'stale' }, 'stale', 'slow down'],
    ['a login page', html, 0, { state: 'stale' }, 'stale', 'text/html instead of JSON'],
    ['half an answer', garbage, 0, { state: 'stale' }, 'stale', 'not what an API server sends'],
    ['no list', json({ hello: 'world' }), 0, { state: 'stale' }, 'stale', 'not a list'],
    [
      'a wrong path',
      refuse(404, 'page not found'),
      0,
      { state: 'stale' },
      'stale',
      'page not found',
    ],
    ['a 401', refuse(401, 'Unauthorized'), 0, { state: 'stale' }, 'unauthorised', 'Unauthorized'],
    [
      'a 403',
      refuse(403, FORBIDDEN),
      0,
      { state: 'forbidden', verb: 'list', resource: 'pods' },
      'live',
      FORBIDDEN,
    ],
  ])(
    'keeps %s to its own kind, tells it and recovers',
    async (_, answer, ms, kind, state, text) => {
      server.on('list pods', answer, list([pod('a')]));
      create();
      await until(
        () => server.count('list pods') > 0 && watch.state.kinds.Service?.state === 'live',
      );
      clock.advance(ms);
      await until(() => podState()?.state === Object(kind).state);

      expect(podState()).toMatchObject(kind);
      expect((podState() as { message: string }).message).toContain(text);
      expect(watch.state.state).toBe(state);
      expect(watch.coverage('Pod')).toMatchObject({ state: 'missing' });
      expect(watch.coverage('Service')).toEqual({ state: 'complete' });

      const isWell = () => isLive() && podState()?.state === 'live';
      await until(() => isWell() || (clock.advance(1_000), false));
      expect(watch.coverage('Pod')).toEqual({ state: 'complete' });
      expect(watch.store.size).toBe(1);
    },
  );

  it('waits as long as a 429 demands', async () => {
    server.on('list pods', refuse(429, 'slow down', { 'retry-after': '7' }), list([]));
    create();
    await until(() => podState()?.state === 'stale');
    clock.advance(6_999);
    expect(server.count('list pods')).toBe(1);
    clock.advance(1);
    await until(isLive);
  });

  it('takes a kind that is not served for empty', async () => {
    create({ ...READS, VerticalPodAutoscaler: { fields: [] } });
    await until(isLive);
    expect(watch.state.kinds.VerticalPodAutoscaler).toEqual({ state: 'absent' });
    expect(watch.coverage('VerticalPodAutoscaler')).toEqual({ state: 'complete' });
  });

  it('lists again when the place to watch from is too old, and tells what is gone', async () => {
    server.on('list pods', list([pod('a'), pod('b')]), list([pod('b'), pod('c')], '90'));
    const second = new OpenWatch();
    server.on('watch pods', pods.answer, second.answer);
    create();
    await until(isLive);
    batches.length = 0;

    pods.push('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });
    await until(() => second.opened);
    await until(() => batches.flat().length === 2);
    expect(batches.flat().map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual([
      'upsert c',
      'delete a',
    ]);
    expect(server.last('watch pods')?.query.get('resourceVersion')).toBe('90');
    expect(states.every(({ kinds }) => kinds.Pod?.state !== 'stale')).toBe(true);
  });

  it('starts the list over when its continue token expires', async () => {
    server.on(
      'list pods',
      list([pod('a')], '10', 'page-2'),
      refuse(410, 'the provided continue parameter is too old'),
      list([pod('b')], '20'),
    );
    create();
    await until(isLive);
    expect(server.last('list pods')?.query.get('continue')).toBeNull();
    expect([...watch.store.objects('Pod')].map(({ metadata }) => metadata.name)).toEqual(['b']);
  });

  it('lists again when the server keeps refusing the place', async () => {
    server.on(
      'watch pods',
      refuse(504, 'Too large resource version'),
      refuse(504, 'again'),
      pods.answer,
    );
    create();
    await until(() => podState()?.state === 'stale');
    clock.advance(800);
    await until(() => server.count('watch pods') === 2);
    expect(server.count('list pods')).toBe(1);
    await until(() => clock.pending > 2);
    clock.advance(1_600);
    await until(isLive);
    expect(server.count('list pods')).toBe(2);
  });

  it('keeps the last known objects while a watch fails, and says since when', async () => {
    create();
    await until(isLive);
    server.on('watch pods', refuse(500, 'first'), refuse(500, 'second'), new OpenWatch().answer);
    pods.reset();
    await until(() => podState()?.state === 'stale');
    expect(watch.coverage('Pod')).toEqual({ state: 'complete' });
    expect(watch.store.size).toBe(2);

    clock.advance(30_000);
    await until(() => server.count('watch pods') >= 2);
    expect(podState()).toMatchObject({ since: new Date('2026-11-21T10:00:00Z') });
    expect(watch.coverage('Pod')).toMatchObject({ state: 'missing', reason: 'unreachable' });
    clock.advance(30_000);
    await until(() => podState()?.state === 'live' || (clock.advance(1_000), false));
  });

  it('takes no 403 of a server that has just started for a refusal', async () => {
    create();
    await until(isLive);
    const outage = Array(5).fill(reset);
    server.on('watch pods', ...outage, refuse(403, FORBIDDEN), new OpenWatch().answer);
    pods.reset();
    // The first one, the outage, the refusal, and the one that lasts.
    await until(() => server.count('watch pods') === 8 || (clock.advance(1_000), false));
    await until(() => podState()?.state === 'live');
    expect(states.some(({ kinds }) => kinds.Pod?.state === 'forbidden')).toBe(false);
    expect(server.count('list pods')).toBe(1);
    expect(watch.store.size).toBe(2);
  });

  it('believes a role that was taken away after some seconds, and forgets what it may not read', async () => {
    create();
    await until(isLive);
    server.on('watch pods', refuse(403, FORBIDDEN));
    pods.reset();
    const started = clock.now();
    await until(() => podState()?.state === 'forbidden' || (clock.advance(500), false));
    expect(clock.now() - started).toBeLessThan(15_000);
    expect(watch.store.size).toBe(0);

    // And believes soon that it was given back.
    server.on('watch pods', new OpenWatch().answer);
    clock.advance(10_000);
    await until(() => podState()?.state === 'live');
  });

  it('reconnects a watch that has gone silent', async () => {
    create();
    await until(isLive);
    server.on('version', json({}));
    pods.write('{"type":"MODI');
    clock.advance(90_000);
    await until(() => server.count('watch pods') === 2);
    expect(server.last('watch pods')?.query.get('resourceVersion')).toBe('10');
    expect(isLive()).toBe(true);
  });

  it('survives a watch of garbage', async () => {
    create();
    await until(isLive);
    pods.write('not json\n');
    await until(() => podState()?.state === 'stale');
    expect(watch.store.size).toBe(2);
    clock.advance(800);
    await until(isLive);
  });

  it('notices within seconds that nobody is there, and that somebody is again', async () => {
    create();
    await until(isLive);
    const contact = watch.state.lastContact;
    server.on('version', hang);
    clock.advance(10_000);
    await until(() => server.count('version') === 2);
    server.on('watch pods', hang);
    server.on('watch services', hang);
    clock.advance(5_000);
    await until(() => watch.state.state === 'stale');
    expect(watch.state).toMatchObject({
      lastContact: contact,
      message: 'no complete answer within 5 s',
    });

    server.on('version', json({}));
    server.on('watch pods', new OpenWatch().answer);
    server.on('watch services', new OpenWatch().answer);
    await until(() => isLive() || (clock.advance(2_000), false));
    expect(watch.state.lastContact!.getTime()).toBeGreaterThan(contact!.getTime());
  });

  it('is unreachable while nothing was ever listed', async () => {
    const { url } = server;
    await server.stop();
    create(READS, tokens, url);
    await until(() => watch.state.state === 'unreachable');
    expect(watch.state.message).toContain('ECONNREFUSED');
    expect(watch.state.lastContact).toBeUndefined();
    server = await ScriptedApiServer.start();
  });

  it('is unauthorised when nothing may be read', async () => {
    server.on('list pods', refuse(403, FORBIDDEN));
    server.on('list services', refuse(403, 'services is forbidden'));
    create();
    await until(() => watch.state.state === 'unauthorised');
    expect(watch.state.message).toContain('nothing may be read');
  });

  it('renews refused credentials once for all kinds', async () => {
    let generation = 0;
    const refusing: Answer = (response, seen) =>
      (seen.authorization === 'Bearer 1' ? list([]) : refuse(401, 'Unauthorized'))(response, seen);
    server.on('version', refusing);
    server.on('list pods', refusing);
    server.on('list services', refusing);
    const invalidate = jest.fn(() => {
      generation += 1;
    });
    create(READS, { get: async () => ({ bearerToken: String(generation) }), invalidate });
    await until(isLive);
    expect(invalidate).toHaveBeenCalledTimes(1);
  });

  it('says so when no credentials can be had', async () => {
    create(READS, {
      get: async () => {
        throw new Error('AccessDenied: not authorized to perform sts:AssumeRole');
      },
      invalidate: () => undefined,
    });
    await until(() => watch.state.state === 'unauthorised');
    expect(watch.state.message).toContain('sts:AssumeRole');
    expect(server.requests).toEqual([]);
  });

  it('hands a large list on in batches of at most 500', async () => {
    server.on('list pods', list(Array.from({ length: 1_700 }, (_, index) => pod(`p${index}`))));
    create();
    await until(isLive);
    expect(batches.map(({ length }) => length)).toEqual([500, 500, 500, 200]);
  });
});
