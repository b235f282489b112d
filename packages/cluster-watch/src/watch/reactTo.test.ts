import {
  disconnect,
  hang,
  json,
  list,
  OpenWatch,
  refuse,
  text,
  type Answer,
} from '../__testUtils__/ScriptedApi';
import { FORBIDDEN, pod, WatchedApi } from '../__testUtils__/WatchedApi';

const drip: Answer = seen => {
  const watch = new OpenWatch();
  const response = watch.answer(seen);
  watch.write('{"kind": "PodList", ');
  return response;
};
const STALE = { state: 'stale' };

describe('reactTo', () => {
  let cluster: WatchedApi;

  beforeEach(() => {
    cluster = new WatchedApi();
  });

  afterEach(() => cluster.watch.stop());

  it.each<[string, Answer, number, object, string, string]>([
    ['a black hole', hang, 30_000, STALE, 'stale', 'no complete answer within 30 s'],
    ['a slow drip', drip, 30_000, STALE, 'stale', 'no complete answer within 30 s'],
    ['a reset', disconnect('other side closed'), 0, STALE, 'stale', 'other side closed'],
    ['a 500', refuse(500, 'etcdserver: leader changed'), 0, STALE, 'stale', 'etcdserver'],
    ['a 429', refuse(429, 'slow down'), 0, STALE, 'stale', 'slow down'],
    [
      'a login page',
      text('<html>', 'text/html'),
      0,
      STALE,
      'stale',
      'answered 200 with text/html instead of JSON',
    ],
    [
      'half an answer',
      text('{"items": [', 'application/json'),
      0,
      STALE,
      'stale',
      'not what an API server sends',
    ],
    ['no list', json({ hello: 'world' }), 0, STALE, 'stale', 'not a list'],
    ['a wrong path', refuse(404, 'page not found'), 0, STALE, 'stale', 'page not found'],
    ['a 401', refuse(401, 'Unauthorized'), 0, STALE, 'unauthorised', 'Unauthorized'],
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
    async (_, answer, ms, kind, state, message) => {
      cluster.api.on('list pods', answer, list([pod('a')]));
      await cluster.start();
      await cluster.pass(ms);

      const { watch } = cluster;
      expect(cluster.podState).toMatchObject(kind);
      expect((cluster.podState as { message: string }).message).toContain(message);
      expect(watch.state.state).toBe(state);
      expect(watch.coverage('Pod')).toMatchObject({ state: 'missing' });
      expect(watch.coverage('Service')).toEqual({ state: 'complete' });

      await cluster.until(() => cluster.isLive, 10_000);
      expect(watch.coverage('Pod')).toEqual({ state: 'complete' });
      expect(watch.store.size).toBe(1);
    },
  );

  it('waits as long as a 429 demands', async () => {
    cluster.api.on('list pods', refuse(429, 'slow down', { 'retry-after': '7' }), list([]));
    await cluster.start();
    await cluster.pass(6_900);
    expect(cluster.api.count('list pods')).toBe(1);
    await cluster.pass(100);
    expect(cluster.isLive).toBe(true);
  });

  it('keeps the last known objects while a watch fails, and says since when', async () => {
    const { api, pods } = cluster;
    await cluster.start();
    api.on('watch pods', refuse(500, 'etcdserver: request timed out'));
    pods.reset();
    await cluster.settle();
    expect(cluster.podState?.state).toBe('stale');
    expect(cluster.watch.coverage('Pod')).toEqual({ state: 'complete' });
    expect(cluster.watch.store.size).toBe(2);

    await cluster.pass(30_000);
    expect(cluster.podState).toMatchObject({ since: new Date('2026-11-21T10:00:00Z') });
    expect(cluster.watch.coverage('Pod')).toMatchObject({
      state: 'missing',
      reason: 'unreachable',
    });
    api.on('watch pods', new OpenWatch().answer);
    await cluster.until(() => cluster.isLive, 30_000);
  });

  it('believes a role that was taken away after some seconds, forgets what it may not read, and asks seldom', async () => {
    const { api, pods } = cluster;
    await cluster.start();
    api.on('watch pods', refuse(403, FORBIDDEN));
    api.on('list pods', refuse(403, FORBIDDEN));
    pods.reset();
    await cluster.until(() => cluster.podState?.state === 'forbidden', 12_000);
    expect(cluster.watch.store.size).toBe(0);
    expect(cluster.watch.coverage('Service')).toEqual({ state: 'complete' });
    const asked = api.requests.length;
    await cluster.pass(5 * 60_000, 1_000);
    const beats = api.requests.slice(asked).filter(({ path }) => path === '/version').length;
    expect(api.requests.length - asked - beats).toBeLessThan(10);
  });

  it('believes soon that a role was given back', async () => {
    cluster.api.on('list pods', refuse(403, FORBIDDEN), refuse(403, FORBIDDEN), list([]));
    await cluster.start();
    expect(cluster.podState?.state).toBe('forbidden');
    await cluster.until(() => cluster.isLive, 25_000);
  });
});
