import type { CredentialSource } from '../credentials';
import {
  disconnect,
  hang,
  json,
  list,
  OpenWatch,
  refuse,
  type Answer,
} from '../__testUtils__/ScriptedApi';
import { FORBIDDEN, NO_SECRET, pod, READS, WatchedApi } from '../__testUtils__/WatchedApi';

describe('ApiClusterWatch', () => {
  let cluster: WatchedApi;

  beforeEach(() => {
    cluster = new WatchedApi();
  });

  afterEach(() => cluster.watch.stop());

  it('leaves no timer and no request behind', async () => {
    cluster.api.on('list services', hang);
    await cluster.start();
    expect(cluster.podState?.state).toBe('live');
    await cluster.watch.stop();
    expect(cluster.clock.pending).toBe(0);
    expect(cluster.api.last('list services')?.signal.aborted).toBe(true);
    expect(cluster.api.last('watch pods')?.signal.aborted).toBe(true);
    expect(cluster.states.at(-1)?.state).toBe('listing');
  });

  it('asks for warnings, for the keys of ConfigMaps and never for Secrets', async () => {
    const { api } = cluster;
    const configMap = { metadata: { name: 'settings' }, data: { url: 'postgres://u:secret@db' } };
    api.on('list configmaps', list([configMap]));
    api.on('list events', list([]));
    for (const resource of ['configmaps', 'events', 'secrets'])
      api.on(`watch ${resource}`, new OpenWatch().answer);
    await cluster.start({
      ConfigMap: { fields: [], keysOf: ['/data'] },
      Event: { fields: [] },
      Secret: { fields: ['/data'] },
    });

    expect(cluster.watch.state.state).toBe('live');
    expect(api.last('watch events')?.query.get('fieldSelector')).toBe('type=Warning');
    expect([...cluster.watch.store.objects('ConfigMap')]).toMatchObject([{ data: { url: '' } }]);
    expect(api.requests.some(({ path }) => path.includes('secrets'))).toBe(false);
    expect(cluster.watch.coverage('Secret')).toEqual({ state: 'open' });
  });

  it('tells that a ConfigMap has another value, and of a pod only what is kept of it', async () => {
    const { api } = cluster;
    const maps = new OpenWatch();
    const settings = (resourceVersion: string, url: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'shop', uid: 'm', resourceVersion },
      data: { url },
    });
    api.on('list configmaps', list([settings('1', 'http://a')]));
    api.on('watch configmaps', maps.answer);
    await cluster.start({ ...READS, ConfigMap: { fields: [], keysOf: ['/data'] } });
    cluster.takeChanges();
    maps.push('MODIFIED', settings('1', 'http://a'));
    cluster.pods.push('MODIFIED', pod('a', 'Running', '2'));
    await cluster.settle();
    expect(cluster.takeChanges()).toEqual([]);
    maps.push('MODIFIED', settings('2', 'http://b'));
    await cluster.settle();
    expect(cluster.takeChanges()).toEqual(['upsert settings']);
    expect(JSON.stringify([...cluster.watch.store.objects()])).not.toContain('http');
  });

  it('takes a kind that is not served for empty', async () => {
    await cluster.start({ ...READS, VerticalPodAutoscaler: { fields: [] } });
    expect(cluster.isLive).toBe(true);
    expect(cluster.watch.state.kinds.VerticalPodAutoscaler).toEqual({ state: 'absent' });
    expect(cluster.watch.coverage('VerticalPodAutoscaler')).toEqual({ state: 'complete' });
  });

  it('hands a large list on in batches of at most 500', async () => {
    const many = Array.from({ length: 1_700 }, (_, index) => pod(`p${index}`));
    cluster.api.on('list pods', list(many));
    const sizes: number[] = [];
    const started = cluster.start();
    cluster.watch.on('changes', ({ length }) => sizes.push(length));
    await started;
    expect(cluster.isLive).toBe(true);
    expect(sizes).toEqual([500, 500, 500, 200]);
  });

  describe('with an object that cannot be taken in', () => {
    const MISSING = { state: 'missing', message: expect.stringContaining('/Pod/shop/b') };
    const odd = (name: string) => ({
      ...pod(name),
      metadata: { ...pod(name).metadata, ownerReferences: {} },
    });
    const names = () =>
      [...cluster.watch.store.objects('Pod')].map(({ metadata }) => metadata.name);

    it('takes the kind for unknown, keeps the others, and believes the next list that is whole', async () => {
      cluster.api.on('list pods', list([odd('b'), pod('a')]), list([pod('a'), pod('b')], '20'));
      await cluster.start();
      expect(cluster.podState?.state).toBe('stale');
      expect(cluster.watch.coverage('Pod')).toMatchObject(MISSING);
      expect(cluster.watch.coverage('Service')).toEqual({ state: 'complete' });
      expect(cluster.states.some(({ kinds }) => kinds.Pod?.state === 'live')).toBe(false);
      expect(names()).toEqual(['a']);

      expect(await cluster.until(() => cluster.isLive, 90_000)).toBe(60_000);
      expect(cluster.watch.coverage('Pod')).toEqual({ state: 'complete' });
      expect(names()).toEqual(['a', 'b']);
    });

    it('does so when it comes by the watch, and as long as it stays', async () => {
      const { api, pods } = cluster;
      await cluster.start();
      api.on('list pods', list([pod('a'), odd('b')]));
      api.on('watch pods', new OpenWatch().answer);
      pods.push('MODIFIED', odd('b'));
      await cluster.settle();
      expect(cluster.watch.coverage('Pod')).toMatchObject(MISSING);
      cluster.states.length = 0;
      await cluster.pass(200_000, 1_000);
      expect(cluster.watch.coverage('Pod')).toMatchObject(MISSING);
      expect(cluster.states.some(({ kinds }) => kinds.Pod?.state === 'live')).toBe(false);
      expect(api.count('list pods')).toBe(4);
      await cluster.watch.stop();
      expect(cluster.clock.pending).toBe(0);
    });
  });

  it.each(['changes', 'state'] as const)('outlives a listener of %s that fails', async event => {
    const started = cluster.start();
    const off = cluster.watch.on(event, () => {
      throw new Error('deaf');
    });
    await started;
    expect(cluster.watch.state).toMatchObject({ message: expect.stringContaining('deaf') });
    expect(cluster.watch.coverage('Pod')).toMatchObject({ state: 'missing' });
    off();
    await cluster.until(() => cluster.isLive, 90_000);
    expect(cluster.watch.state.message).toBeUndefined();
  });

  it('is unreachable while nothing was ever listed', async () => {
    const refused = disconnect('connect ECONNREFUSED 127.0.0.1:6443');
    for (const request of ['version', 'list pods', 'list services'])
      cluster.api.on(request, refused);
    await cluster.start();
    expect(cluster.watch.state.state).toBe('unreachable');
    expect(cluster.watch.state.message).toContain('ECONNREFUSED');
    expect(cluster.watch.state.lastContact).toBeUndefined();
  });

  it('is unauthorised when nothing may be read', async () => {
    cluster.api.on('list pods', refuse(403, FORBIDDEN));
    cluster.api.on('list services', refuse(403, 'services is forbidden'));
    await cluster.start();
    expect(cluster.watch.state.state).toBe('unauthorised');
    expect(cluster.watch.state.message).toContain('nothing may be read');
  });

  it('renews refused credentials once for all kinds', async () => {
    let generation = 0;
    const refusing =
      (accepted: Answer): Answer =>
      seen =>
        (seen.authorization === 'Bearer 1' ? accepted : refuse(401, 'Unauthorized'))(seen);
    cluster.api.on('version', refusing(json({})));
    cluster.api.on('list pods', refusing(list([])));
    cluster.api.on('list services', refusing(list([])));
    const invalidate = jest.fn(() => {
      generation += 1;
    });
    await cluster.start(READS, {
      get: async () => ({ bearerToken: String(generation) }),
      invalidate,
    });
    expect(cluster.isLive).toBe(true);
    expect(invalidate).toHaveBeenCalledTimes(1);
  });

  it('says so when no credentials can be had', async () => {
    const denied: CredentialSource = {
      ...NO_SECRET,
      get: async () => {
        throw new Error('AccessDenied: not authorized to perform sts:AssumeRole');
      },
    };
    await cluster.start(READS, denied);
    expect(cluster.watch.state.state).toBe('unauthorised');
    expect(cluster.watch.state.message).toContain('sts:AssumeRole');
    expect(cluster.api.requests).toEqual([]);
  });
});
