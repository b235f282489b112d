import {
  disconnect,
  hang,
  json,
  OpenWatch,
  refuse,
  type Answer,
} from '../__testUtils__/ScriptedApi';
import { FORBIDDEN, WatchedApi } from '../__testUtils__/WatchedApi';

const NOBODY = disconnect('connect ECONNREFUSED 127.0.0.1:6443');
/** What an API server answers for a custom kind whose cache it has not filled yet; seen with 1.36. */
const INITIALISING = refuse(429, 'storage is (re)initializing', { 'retry-after': '1' });

describe('Heartbeat', () => {
  let cluster: WatchedApi;
  const RESOURCES = ['pods', 'services'];

  const answerAll = (...answers: Answer[]) => {
    for (const resource of RESOURCES)
      cluster.api.on(`watch ${resource}`, ...answers, new OpenWatch().answer);
  };

  /** The server is gone: open connections break, new ones are refused. */
  const goDown = async () => {
    cluster.api.on('version', NOBODY);
    for (const resource of RESOURCES) cluster.api.on(`watch ${resource}`, NOBODY);
    cluster.pods.reset();
    await cluster.settle();
  };

  beforeEach(async () => {
    cluster = new WatchedApi();
    await cluster.start();
  });

  afterEach(() => cluster.watch.stop());

  it('notices a dead connection within seconds, and that somebody is there again', async () => {
    const contact = cluster.watch.state.lastContact!;
    for (const request of ['version', 'watch pods', 'watch services'])
      cluster.api.on(request, hang);
    await cluster.pass(15_000);
    expect(cluster.watch.state).toMatchObject({
      state: 'stale',
      lastContact: contact,
      message: 'no complete answer within 5 s',
    });
    cluster.api.on('version', json({}));
    answerAll();
    // A watch that was just opened into the void is given its time.
    await cluster.until(() => cluster.isLive, 35_000);
    expect(cluster.watch.state.lastContact!.getTime()).toBeGreaterThan(contact.getTime());
  });

  it('asks at once when a watch breaks, and every two seconds while nobody answers', async () => {
    const beats = cluster.api.count('version');
    await goDown();
    expect(cluster.watch.state).toMatchObject({ state: 'stale' });
    expect(cluster.watch.state.message).toContain('ECONNREFUSED');
    expect(cluster.api.count('version')).toBe(beats + 1);
    await cluster.pass(60_000, 1_000);
    expect(cluster.api.count('version')).toBe(beats + 31);
    // The watches themselves back off meanwhile.
    expect(cluster.api.count('watch pods')).toBeLessThan(12);
  });

  it.each<[string, number, Answer[]]>([
    ['a blink', 4_000, []],
    ['a restart', 32_000, []],
    ['a long outage', 600_000, []],
    [
      'a restart, and refusals until the roles are read',
      32_000,
      Array(4).fill(refuse(403, FORBIDDEN)),
    ],
    ['a restart, and caches that are filled first', 32_000, [INITIALISING, INITIALISING]],
    [
      'a long outage, and everything that a server says while it starts',
      600_000,
      [refuse(403, FORBIDDEN), refuse(500, 'not ready'), INITIALISING],
    ],
  ])('is live again within seconds after %s', async (_, ms, first) => {
    await goDown();
    await cluster.pass(ms, 1_000);
    expect(cluster.watch.state.state).toBe('stale');
    cluster.api.on('version', json({}));
    answerAll(...first);
    const took = await cluster.until(() => cluster.isLive, 10_000);
    // Without refusals: the period of the heartbeat, and the moment that a resumed watch stays in doubt.
    expect(took).toBeLessThan(first.length ? 8_000 : 2_400);
    expect(cluster.states.some(({ kinds }) => kinds.Pod?.state === 'forbidden')).toBe(false);
    expect(cluster.watch.store.size).toBe(2);
    expect(cluster.api.count('list pods')).toBe(1);
  });
});
