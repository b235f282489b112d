import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '@waymark/cluster-watch';
import type { Application } from '../applications/Application';
import { ApplicationIndex } from '../applications/ApplicationIndex';
import { ApiSource } from './ApiSource';

/** What the real one leaves in a list: no spec, whatever is asked for. */
const thin = ({ metadata, status }: Record<string, unknown>) => ({ metadata, status });

/** An Argo CD that counts what it is asked and streams what the test says. */
class FakeArgoCd {
  readonly requests: string[] = [];
  readonly streams = new Set<ServerResponse>();
  applications: Record<string, unknown>[] = [];
  status = 200;
  mute = false;
  /** Status of the answer to a path, where it is not 200. */
  readonly refused = new Map<string, number>();
  #held?: { readonly path: RegExp; readonly until: Promise<void> };
  #server!: Server;

  async start() {
    this.#server = createServer((req, res) => {
      this.requests.push(`${req.method} ${req.url!.split('?')[0]}`);
      const path = req.url!.split('?')[0];
      const status = this.refused.get(path) ?? this.status;
      if (status !== 200) {
        res.writeHead(status, { 'content-type': 'application/json' });
        res.end(JSON.stringify({ error: 'invalid session', code: 16, message: 'invalid session' }));
        return;
      }
      if (req.url!.startsWith('/api/v1/stream/')) {
        // Mute: accepted, and then not even headers.
        if (!this.mute) this.#stream(res);
      } else if (this.#held?.path.test(path)) {
        this.#held.until.then(() => this.#answer(req.url!, res));
      } else this.#answer(req.url!, res);
    });
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #stream(res: ServerResponse) {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(':\n\n');
    this.streams.add(res);
    res.on('close', () => this.streams.delete(res));
    this.applications.forEach(application => this.push('ADDED', application));
  }

  #answer(url: string, res: ServerResponse) {
    const name = /applications\/([^/?]+)/.exec(url)?.[1];
    const body = name
      ? this.applications.find(({ metadata }) => (metadata as { name: string }).name === name)
      : { items: this.applications.map(thin) };
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(
      JSON.stringify(
        url.includes('/metadata') ? { author: 'Ada', message: 'Retry on 503\n\nlong' } : body,
      ),
    );
  }

  /** Holds back answers to these paths until the returned function is called. */
  hold(path: RegExp): () => void {
    let release = () => {};
    this.#held = { path, until: new Promise(resolve => (release = resolve)) };
    return () => {
      this.#held = undefined;
      release();
    };
  }

  asked(request: string) {
    return this.requests.filter(asked => asked === request).length;
  }

  ping() {
    for (const stream of this.streams) stream.write(':\n\n');
  }

  push(type: string, application: Record<string, unknown>) {
    for (const stream of this.streams) {
      stream.write(`data: ${JSON.stringify({ result: { type, application } })}\n\n`);
    }
  }

  async stop() {
    this.streams.forEach(stream => stream.destroy());
    await new Promise(done => this.#server.close(done));
  }
}

const app = (name: string, sync = 'Synced', resourceVersion = '1') => ({
  metadata: { name, namespace: 'argocd', resourceVersion },
  spec: { project: 'default', source: { repoURL: 'https://git.example/shop/web' } },
  status: { sync: { status: sync }, health: { status: 'Healthy' } },
});

const withStatus = (application: ReturnType<typeof app>, status: object) => ({
  ...application,
  status: { ...application.status, ...status },
});

const COMMITS = ['a', 'b'].map(digit => digit.repeat(40));
const deployedFrom = (...commits: string[]) => ({
  history: commits.map((revision, id) => ({ id, deployedAt: '2026-11-21T02:00:00Z', revision })),
});

async function until<T>(read: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = read();
    if (value) return value;
    await wait(10);
  }
  throw new Error('it did not come to pass within 2 s');
}

describe('ApiSource', () => {
  const argocd = new FakeArgoCd();
  const clock = new ManualClock('2026-11-21T03:00:00Z');
  const changes: Application[] = [];
  const told: string[] = [];
  const logger = mockServices.logger.mock();
  let index: ApplicationIndex;
  let source: ApiSource;

  beforeEach(async () => {
    const url = await argocd.start();
    argocd.status = 200;
    argocd.requests.length = 0;
    argocd.refused.clear();
    argocd.applications = [app('web'), app('cart')];
    changes.length = 0;
    logger.warn.mockClear();
    index = new ApplicationIndex(application => changes.push(application));
    source = new ApiSource({
      config: { type: 'api', name: 'prod', url, externalUrl: 'https://argocd.example', token: 't' },
      logger,
      clock,
      random: () => 1,
      fetch,
    });
    told.length = 0;
    source.start(index, () => told.push(source.state.state));
  });

  afterEach(async () => {
    await source.stop();
    await argocd.stop();
  });

  const named = (name: string) => index.all().find(application => application.name === name);
  const live = () => until(() => source.state.state === 'live' && named('cart'));

  const LIST = 'GET /api/v1/applications';
  const entered = (state: string) => until(() => source.state.state === state);
  const heardAt = (time: string) => until(() => source.state.lastContact === time);
  const askedMore = (than: number) => until(() => argocd.asked(LIST) > than);
  /** So much time in which the stream proves itself alive. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 15_000) {
      clock.advance(15_000);
      argocd.ping();
      await heardAt(new Date(clock.now()).toISOString());
    }
  };

  it('asks for one list and one stream, however often its index is read', async () => {
    await live();
    for (let reads = 0; reads < 1000; reads += 1) index.all();
    expect(argocd.requests.sort()).toEqual([
      'GET /api/v1/applications',
      'GET /api/v1/stream/applications',
    ]);
  });

  it('follows changes and deletions, and keeps repeats to itself', async () => {
    await live();
    changes.length = 0;
    argocd.push('MODIFIED', app('web', 'OutOfSync'));
    argocd.push('MODIFIED', app('web', 'OutOfSync'));
    argocd.push('DELETED', app('cart'));
    await until(() => !named('cart'));
    expect(changes.map(({ name, sync }) => `${name} ${sync.status}`)).toEqual([
      'web OutOfSync',
      'cart Synced',
    ]);
  });

  it('heals what the stream lost by the next list', async () => {
    await live();
    argocd.applications = [app('web', 'OutOfSync')];
    await pass(60_000);
    await until(() => named('web')?.sync.status === 'OutOfSync' && !named('cart'));
    expect(index.all().map(({ name }) => name)).toEqual(['web']);
  });

  it('leaves no timer and asks nothing once it is stopped in the middle of a list', async () => {
    await live();
    const release = argocd.hold(/applications$/);
    await pass(60_000);
    await until(() => argocd.asked(LIST) === 2);
    await source.stop();
    argocd.applications = [];
    release();
    await wait(50);
    expect(clock.pending).toBe(0);
    expect(index.all()).toHaveLength(2);
    clock.advance(600_000);
    await wait(50);
    expect(argocd.asked(LIST)).toBe(2);
  });

  it('lists once a minute however often it connected in the middle of a list', async () => {
    await live();
    for (let times = 0; times < 3; times += 1) {
      const release = argocd.hold(/applications$/);
      const asked = argocd.asked(LIST);
      await pass(60_000);
      await askedMore(asked);
      argocd.streams.forEach(stream => stream.destroy());
      await entered('stale');
      release();
      await wait(50);
      clock.advance(500);
      await entered('live');
    }
    const asked = argocd.asked(LIST);
    await pass(60_000);
    await askedMore(asked);
    await wait(50);
    expect(argocd.asked(LIST)).toBe(asked + 1);
  });

  it('connects again when the stream breaks, and says that it is stale meanwhile', async () => {
    await live();
    argocd.applications = [app('web'), app('search')];
    argocd.streams.forEach(stream => stream.destroy());
    const { lastContact } = await until(() => source.state.state === 'stale' && source.state);
    expect(lastContact).toBeDefined();
    expect(named('cart')).toBeDefined();
    clock.advance(500);
    await until(() => named('search') && !named('cart') && source.state.state === 'live');
    argocd.ping();
    await wait(50);
    expect(told).toEqual(['live', 'stale', 'live']);
  });

  it('takes a silent stream for dead', async () => {
    await live();
    clock.advance(45_000);
    await until(() => source.state.message === 'Argo CD has been silent for 45 s');
    expect(source.state.state).toBe('stale');
  });

  it('does not wait long for the stream of a server that has just started', async () => {
    await live();
    argocd.mute = true;
    argocd.streams.forEach(stream => stream.destroy());
    await until(() => source.state.state === 'stale');
    const asked = argocd.requests.length;
    clock.advance(500);
    await until(() => argocd.requests.length > asked);
    argocd.mute = false;
    clock.advance(10_000);
    await until(() => source.state.message === 'Argo CD has been silent for 10 s');
    clock.advance(1_000);
    await until(() => source.state.state === 'live');
    expect(named('cart')).toBeDefined();
  });

  it('names a refused token', async () => {
    await live();
    argocd.status = 401;
    argocd.streams.forEach(stream => stream.destroy());
    await until(() => source.state.state === 'stale');
    clock.advance(30_000);
    await until(() => source.state.state === 'unauthorised');
    expect(source.state.message).toBe('Argo CD answered 401: invalid session');
  });

  it('keeps what the stream tells of while a list is under way', async () => {
    await live();
    const release = argocd.hold(/applications$/);
    await pass(60_000);
    await until(() => argocd.asked(LIST) === 2);
    argocd.push('ADDED', app('search'));
    argocd.push('DELETED', app('cart'));
    await until(() => named('search') && !named('cart'));
    release();
    // Listed still, and then refused as what is gone is.
    argocd.refused.set('/api/v1/applications/cart', 403);
    await until(() => argocd.asked('GET /api/v1/applications/cart'));
    await wait(50);
    expect(index.all().map(({ name }) => name)).toEqual(['web', 'search']);
    expect(source.state.state).toBe('live');
  });

  it('does not write an answer over a newer event', async () => {
    await live();
    argocd.applications = [app('web', 'OutOfSync', '2'), app('cart')];
    const release = argocd.hold(/applications\/web$/);
    await pass(60_000);
    await until(() => argocd.asked('GET /api/v1/applications/web'));
    argocd.push(
      'MODIFIED',
      withStatus(app('web', 'Synced', '10'), { health: { status: 'Degraded' } }),
    );
    await until(() => named('web')?.health.status === 'Degraded');
    release();
    await wait(50);
    expect(named('web')).toMatchObject({
      sync: { status: 'Synced' },
      health: { status: 'Degraded' },
    });
  });

  it('heals an operation whose end the stream lost', async () => {
    await live();
    const running = { operationState: { phase: 'Running', startedAt: '2026-11-21T02:59:00Z' } };
    argocd.push('MODIFIED', withStatus(app('web'), running));
    await until(() => named('web')?.operation?.phase === 'Running');
    const done = { operationState: { ...running.operationState, phase: 'Succeeded' } };
    argocd.applications = [withStatus(app('web'), done), app('cart')];
    await pass(60_000);
    await until(() => named('web')?.operation?.phase === 'Succeeded');
    expect(argocd.asked('GET /api/v1/applications/cart')).toBe(0);
  });

  it('takes a state that it cannot read for unknown, and says so once', async () => {
    await live();
    argocd.push('MODIFIED', withStatus(app('web', 'Synced', '2'), { sync: 7 }) as never);
    await until(() => named('web')?.sync.status === 'Unknown');
    argocd.push(
      'MODIFIED',
      withStatus(app('web', 'Synced', '3'), { sync: 8, health: {} }) as never,
    );
    await until(() => named('web')?.health.status === 'Unknown');
    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^Argo CD source prod: cannot read status.sync of application argocd\/web: /,
        ),
      ],
    ]);
  });

  it('asks once for the author of a commit', async () => {
    await live();
    const deployed = withStatus(app('web'), deployedFrom(COMMITS[0]));
    argocd.push('MODIFIED', deployed);
    argocd.push('MODIFIED', {
      ...deployed,
      metadata: { ...deployed.metadata, labels: { x: 'y' } },
    });
    const web = await until(() => index.all().find(({ history }) => history[0]?.author));
    const [deployment] = web.history;
    expect(deployment).toMatchObject({ author: 'Ada', message: 'Retry on 503' });
    expect(argocd.requests.filter(request => request.includes('/revisions/'))).toHaveLength(1);
  });

  it('adds authors to what is known by then, not to what was when it asked', async () => {
    await live();
    const release = argocd.hold(new RegExp(COMMITS[1]));
    argocd.push('MODIFIED', withStatus(app('web'), deployedFrom(COMMITS[1], COMMITS[0])));
    await until(() => argocd.requests.some(request => request.includes(COMMITS[1])));
    argocd.push('MODIFIED', withStatus(app('web', 'OutOfSync'), deployedFrom(COMMITS[0])));
    await until(() => named('web')?.sync.status === 'OutOfSync');
    release();
    await wait(50);
    expect(named('web')).toMatchObject({
      sync: { status: 'OutOfSync' },
      history: [{ author: 'Ada' }],
    });
  });

  const METADATA = `/api/v1/applications/web/revisions/${COMMITS[0]}/metadata`;
  const deployed = (resourceVersion: string) =>
    withStatus(app('web', 'Synced', resourceVersion), deployedFrom(COMMITS[0]));

  it('asks again for an author that could not be told, with the next event', async () => {
    await live();
    argocd.refused.set(METADATA, 503);
    argocd.push('MODIFIED', deployed('2'));
    await until(() => logger.warn.mock.calls.length);
    expect(logger.warn.mock.calls[0][0]).toMatch(/^cannot read the author of a+ of web: Argo CD/);
    argocd.refused.clear();
    argocd.push('MODIFIED', deployed('3'));
    await until(() => named('web')?.history[0].author === 'Ada');
  });

  it.each([403, 404])('does not ask again for an author that is refused with %d', async status => {
    await live();
    argocd.refused.set(METADATA, status);
    argocd.push('MODIFIED', deployed('2'));
    await until(() => argocd.asked(`GET ${METADATA}`));
    await wait(50);
    argocd.push('MODIFIED', deployed('3'));
    argocd.push('DELETED', app('cart'));
    await until(() => !named('cart'));
    await wait(50);
    expect(argocd.asked(`GET ${METADATA}`)).toBe(1);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('asks for no author once it is stopped', async () => {
    await live();
    const release = argocd.hold(/metadata$/);
    argocd.push('MODIFIED', withStatus(app('web'), deployedFrom(...COMMITS)));
    await until(() => argocd.requests.some(request => request.endsWith('/metadata')));
    await source.stop();
    release();
    await wait(50);
    expect(argocd.requests.filter(request => request.endsWith('/metadata'))).toHaveLength(1);
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
