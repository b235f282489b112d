import { disconnect, hang, list, OpenWatch, refuse } from '../__testUtils__/ScriptedApi';
import { pod, WatchedApi } from '../__testUtils__/WatchedApi';

const bookmark = (resourceVersion: string) => ({ kind: 'Pod', metadata: { resourceVersion } });

describe('ListWatch', () => {
  let cluster: WatchedApi;

  beforeEach(() => {
    cluster = new WatchedApi();
  });

  afterEach(() => cluster.watch.stop());

  it('lists in pages, keeps what is read, follows the watch and resumes where it ended', async () => {
    const { api, pods } = cluster;
    api.on('list pods', list([pod('a')], '10', 'page-2'), list([pod('b')], '10'));
    await cluster.start();

    expect(api.requests.find(({ path }) => path === '/api/v1/pods')?.query.get('limit')).toBe(
      '500',
    );
    expect(api.last('list pods')?.query.get('continue')).toBe('page-2');
    expect(Object.fromEntries(api.last('watch pods')!.query)).toMatchObject({
      resourceVersion: '10',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '450',
    });
    expect([...cluster.watch.store.objects('Pod')][0]).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'shop', uid: 'uid-a', resourceVersion: '1' },
      status: { phase: 'Running' },
    });
    expect(JSON.stringify([...cluster.watch.store.objects()])).not.toContain('hunter2');
    expect(cluster.takeChanges()).toEqual(['upsert a', 'upsert b']);

    pods.push('MODIFIED', pod('a', 'Failed', '11'));
    pods.push('MODIFIED', pod('b', 'Running', '12'));
    pods.push('DELETED', pod('b', 'Running', '13'));
    pods.push('BOOKMARK', bookmark('40'));
    await cluster.settle();
    expect(cluster.takeChanges()).toEqual(['upsert a', 'delete b']);

    const next = new OpenWatch();
    api.on('watch pods', next.answer);
    pods.end();
    await cluster.settle();
    expect(next.opened).toBe(true);
    expect(api.last('watch pods')?.query.get('resourceVersion')).toBe('40');
    expect(api.count('list pods')).toBe(2);
    expect(cluster.isLive).toBe(true);
  });

  it('says live only after everyone was told what was listed', async () => {
    const order: string[] = [];
    const started = cluster.start();
    cluster.watch.on('changes', () => order.push('changes'));
    cluster.watch.on('state', ({ kinds }) => order.push(kinds.Pod!.state));
    await started;
    expect(order.indexOf('live')).toBeGreaterThan(order.indexOf('changes'));
  });

  it('lists again when the place to watch from is too old, and tells what is gone', async () => {
    const { api, pods } = cluster;
    api.on('list pods', list([pod('a'), pod('b')]), list([pod('b'), pod('c')], '90'));
    api.on('watch pods', pods.answer, new OpenWatch().answer);
    await cluster.start();
    cluster.takeChanges();

    pods.push('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });
    await cluster.settle();
    expect(cluster.takeChanges()).toEqual(['upsert c', 'delete a']);
    expect(api.last('watch pods')?.query.get('resourceVersion')).toBe('90');
    expect(cluster.states.every(({ kinds }) => kinds.Pod?.state !== 'stale')).toBe(true);
  });

  describe('after an outage of ten minutes', () => {
    const TOO_OLD = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' };
    const OUTAGE = new Date('2026-11-21T10:00:00Z');
    let resumed: OpenWatch;

    beforeEach(async () => {
      await cluster.start();
      resumed = new OpenWatch();
      cluster.api.on('watch pods', disconnect('ECONNREFUSED'));
      cluster.pods.reset();
      await cluster.settle();
      await cluster.pass(600_000, 1_000);
      cluster.api.on('watch pods', resumed.answer);
      await cluster.until(() => resumed.opened, 30_000);
      cluster.states.length = 0;
    });

    const expectBehind = () => {
      expect(cluster.podState).toMatchObject({ state: 'stale', since: OUTAGE, message: 'too old' });
      expect(cluster.watch.coverage('Pod')).toMatchObject({ state: 'missing' });
    };

    it('stays stale while it lists again because the place is too old', async () => {
      const { api } = cluster;
      api.on('list pods', hang, list([pod('b')], '90'));
      resumed.push('ERROR', TOO_OLD);
      api.on('watch pods', new OpenWatch().answer);
      await cluster.settle();
      await cluster.pass(25_000, 1_000);
      expectBehind();
      expect(cluster.states.some(({ kinds }) => kinds.Pod?.state === 'live')).toBe(false);
      await cluster.until(() => cluster.isLive, 30_000);
      expect(cluster.watch.coverage('Pod')).toEqual({ state: 'complete' });
    });

    it('takes back that it was live when the place turns out too old later', async () => {
      await cluster.pass(5_000);
      expect(cluster.podState?.state).toBe('live');
      cluster.api.on('list pods', hang);
      resumed.push('ERROR', TOO_OLD);
      await cluster.settle();
      expectBehind();
    });

    it('is live at the first event, and by that as well known as before', async () => {
      resumed.push('BOOKMARK', bookmark('40'));
      await cluster.settle();
      expect(cluster.podState?.state).toBe('live');
      cluster.api.on('list pods', hang);
      resumed.push('ERROR', TOO_OLD);
      await cluster.settle();
      expect(cluster.podState?.state).toBe('live');
    });

    it('is live within a second when there is nothing to tell', async () => {
      expect(await cluster.until(() => cluster.isLive, 900)).toBeGreaterThan(0);
    });
  });

  it('starts the list over when its continue token expires', async () => {
    cluster.api.on(
      'list pods',
      list([pod('a')], '10', 'page-2'),
      refuse(410, 'the provided continue parameter is too old'),
      list([pod('b')], '20'),
    );
    await cluster.start();
    expect(cluster.api.last('list pods')?.query.get('continue')).toBeNull();
    expect([...cluster.watch.store.objects('Pod')].map(({ metadata }) => metadata.name)).toEqual([
      'b',
    ]);
  });

  it('lists again when the server keeps refusing the place', async () => {
    const { api, pods } = cluster;
    const refusal = refuse(504, 'Too large resource version');
    api.on('watch pods', refusal, refusal, pods.answer);
    await cluster.start();
    expect(cluster.podState?.state).toBe('stale');
    await cluster.until(() => api.count('watch pods') === 2);
    expect(api.count('list pods')).toBe(1);
    await cluster.until(() => cluster.isLive);
    expect(api.count('list pods')).toBe(2);
  });

  it('reconnects a watch that has gone silent', async () => {
    await cluster.start();
    const next = new OpenWatch();
    cluster.api.on('watch pods', next.answer);
    cluster.pods.write('{"type":"MODI');
    await cluster.pass(89_000);
    expect(next.opened).toBe(false);
    await cluster.pass(1_000);
    expect(next.opened).toBe(true);
    expect(cluster.api.last('watch pods')?.query.get('resourceVersion')).toBe('10');
    expect(cluster.isLive).toBe(true);
  });

  it('survives a watch of garbage', async () => {
    await cluster.start();
    cluster.api.on('watch pods', new OpenWatch().answer);
    cluster.pods.write('not json\n');
    await cluster.settle();
    expect(cluster.podState?.state).toBe('stale');
    expect(cluster.watch.store.size).toBe(2);
    await cluster.until(() => cluster.isLive, 1_000);
  });
});
