import { EventEmitter, on } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { ApiError, type ClusterApi, ManualClock } from '@waymark/cluster-watch';
import type { Application } from '../applications/Application';
import { ApplicationIndex } from '../applications/ApplicationIndex';
import type { DeliverySource } from './DeliverySource';
import { KubernetesSource } from './KubernetesSource';

/** An API server that notes what it is asked, answers from memory and watches as the test says. */
class FakeCluster implements ClusterApi {
  readonly requests: string[] = [];
  applications: object[] = [];
  /** What every new request is answered with, as long as it is set. */
  failure?: ApiError;
  closed = false;
  readonly #watches = new EventEmitter();

  async get(path: string) {
    this.#note('list', path);
    return { metadata: { resourceVersion: '10' }, items: this.applications };
  }

  async lines(path: string, { signal }: { signal: AbortSignal }) {
    this.#note('watch', path);
    return linesOf(on(this.#watches, 'lines', { signal }));
  }

  async close() {
    this.closed = true;
  }

  push(...events: [type: string, object: object][]) {
    const lines = events.map(([type, object]) => JSON.stringify({ type, object }));
    this.#watches.emit('lines', lines);
  }

  /** Ends the open watch, and fails whatever is asked from now on. */
  fail(failure: ApiError) {
    this.failure = failure;
    this.#watches.emit('error', failure);
  }

  #note(verb: string, path: string) {
    this.requests.push(`${verb} ${path.split('?')[0]}`);
    if (this.failure) throw this.failure;
  }
}

async function* linesOf(events: AsyncIterable<unknown[]>) {
  for await (const [lines] of events) yield lines as string[];
}

const app = (name: string, sync = 'Synced', revision = 'a'.repeat(40)) => ({
  metadata: { name, namespace: 'argocd', resourceVersion: '11' },
  spec: { project: 'default', source: { repoURL: 'https://git.example/shop/web' } },
  status: { sync: { status: sync, revision }, health: { status: 'Healthy' } },
});

async function until<T>(read: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = read();
    if (value) return value;
    await wait(10);
  }
  throw new Error('it did not come to pass within 2 s');
}

describe('KubernetesSource', () => {
  const changes: Application[] = [];
  const states: string[] = [];
  let clock: ManualClock;
  let cluster: FakeCluster;
  let index: ApplicationIndex;
  let source: DeliverySource;

  const start = (options: { namespace?: string; externalUrl?: string } = {}) => {
    const config = { type: 'kubernetes' as const, name: 'prod', cluster: 'eu', ...options };
    const logger = mockServices.logger.mock();
    source = new KubernetesSource({ config, api: cluster, logger, clock, random: () => 1 });
    source.start(index, () => states.push(source.state.state));
  };

  beforeEach(() => {
    clock = new ManualClock('2026-11-21T03:00:00Z');
    cluster = new FakeCluster();
    cluster.applications = [app('web'), app('cart')];
    changes.length = 0;
    states.length = 0;
    index = new ApplicationIndex(application => changes.push(application));
  });

  afterEach(() => source.stop());

  const named = (name: string) => index.all().find(application => application.name === name);
  const live = () => until(() => source.state.state === 'live' && named('cart'));
  const unreachable = new ApiError({ type: 'unreachable', message: 'connect ECONNREFUSED' });

  it('asks for one list and one watch, however often its index is read', async () => {
    start();
    expect(source.state).toEqual({ name: 'prod', type: 'kubernetes', state: 'connecting' });
    await live();
    for (let reads = 0; reads < 1000; reads += 1) index.all();
    const path = '/apis/argoproj.io/v1alpha1/applications';
    expect(cluster.requests).toEqual([`list ${path}`, `watch ${path}`]);
    expect(source.state.lastContact).toBe('2026-11-21T03:00:00.000Z');
    expect(named('web')).toMatchObject({ source: 'prod', namespace: 'argocd' });
  });

  it('stays in the namespace that it is given', async () => {
    start({ namespace: 'argocd' });
    await live();
    const path = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
    expect(cluster.requests).toEqual([`list ${path}`, `watch ${path}`]);
  });

  it('follows changes and deletions, and keeps repeats to itself', async () => {
    start();
    await live();
    changes.length = 0;
    cluster.push(['MODIFIED', app('web', 'OutOfSync', 'b'.repeat(40))]);
    cluster.push(['MODIFIED', app('web', 'OutOfSync', 'b'.repeat(40))], ['DELETED', app('cart')]);
    await until(() => !named('cart'));
    expect(changes.map(({ name, sync }) => `${name} ${sync.status}`)).toEqual([
      'web OutOfSync',
      'cart Synced',
    ]);
    expect(named('web')?.revisions[0].revision).toBe('b'.repeat(40));
  });

  it('keeps what it knows while the API server is away, says how old it is, and goes on', async () => {
    start();
    await live();
    clock.advance(5_000);
    cluster.push(['MODIFIED', app('web', 'OutOfSync')]);
    await until(() => named('web')?.sync.status === 'OutOfSync');
    cluster.fail(unreachable);
    await until(() => source.state.state === 'stale');
    expect(source.state).toMatchObject({
      message: 'connect ECONNREFUSED',
      lastContact: '2026-11-21T03:00:05.000Z',
    });
    expect(index.all().map(({ name }) => name)).toEqual(['web', 'cart']);

    cluster.failure = undefined;
    clock.advance(60_000);
    const watches = () => cluster.requests.filter(request => request.startsWith('watch'));
    await until(() => watches().length > 1);
    // Where it stood is enough: nothing is listed again.
    expect(cluster.requests.filter(request => request.startsWith('list'))).toHaveLength(1);
    cluster.push(['MODIFIED', app('web')]);
    await until(() => source.state.state === 'live' && named('web')?.sync.status === 'Synced');
    expect(source.state.message).toBeUndefined();
    expect(states).toEqual(['live', 'stale', 'live']);
  });

  it('forgets what was deleted while it could not watch', async () => {
    start();
    await live();
    cluster.applications = [app('web')];
    cluster.fail(new ApiError({ type: 'gone', message: 'too old resource version' }));
    cluster.failure = undefined;
    await until(() => !named('cart') && source.state.state === 'live');
    expect(index.all().map(({ name }) => name)).toEqual(['web']);
  });

  it('shows what it can read of an application, and the others whole', async () => {
    const { status: _, ...unread } = app('web');
    cluster.applications = [{ ...unread, status: 'lost' }, app('cart')];
    start();
    await live();
    expect(named('web')).toMatchObject({
      sync: { status: 'Unknown' },
      health: { status: 'Unknown' },
    });
    expect(named('cart')).toMatchObject({ sync: { status: 'Synced' } });
  });

  it.each([
    [
      'may not read them',
      new ApiError({
        type: 'forbidden',
        message: 'applications.argoproj.io is forbidden: User "portal" cannot list resource',
      }),
      {
        state: 'unauthorised',
        message: 'applications.argoproj.io is forbidden: User "portal" cannot list resource',
      },
    ],
    [
      'asks a cluster without Argo CD',
      new ApiError({ type: 'not-found', message: 'could not find the requested resource' }),
      {
        state: 'unreachable',
        message: 'the cluster serves no applications.argoproj.io: Argo CD is not installed there',
      },
    ],
    [
      'never reached the API server',
      unreachable,
      { state: 'unreachable', message: 'connect ECONNREFUSED' },
    ],
  ])('says when it %s, and shows nothing', async (_, failure, expected) => {
    cluster.failure = failure;
    start();
    await until(() => source.state.state !== 'connecting');
    expect(source.state).toEqual({ name: 'prod', type: 'kubernetes', ...expected });
    expect(index.all()).toEqual([]);
  });

  it('links to the page of an application where it knows Argo CD', () => {
    start({ externalUrl: 'https://argocd.example' });
    expect(source.pageOf({ name: 'web', namespace: 'team a' } as Application)).toBe(
      'https://argocd.example/applications/team%20a/web',
    );
    expect(source.sync).toBeUndefined();
  });

  it('leaves nothing behind when it is stopped', async () => {
    start();
    await live();
    await source.stop();
    expect([cluster.closed, clock.pending]).toEqual([true, 0]);
  });
});
