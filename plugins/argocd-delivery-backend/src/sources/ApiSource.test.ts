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
  /** Answers wait for it, streams do not. */
  gate: Promise<void> = Promise.resolve();
  #server!: Server;

  async start() {
    this.#server = createServer((req, res) => {
      this.requests.push(`${req.method} ${req.url!.split('?')[0]}`);
      if (this.status !== 200) {
        res.writeHead(this.status, { 'content-type': 'application/json' });
        res.end(JSON.stringify({ error: 'invalid session', code: 16, message: 'invalid session' }));
        return;
      }
      if (req.url!.startsWith('/api/v1/stream/')) {
        // Mute: accepted, and then not even headers.
        if (!this.mute) this.#stream(res);
      } else this.gate.then(() => this.#answer(req.url!, res));
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

  /** Holds back what is asked from now on until the returned function is called. */
  hold(): () => void {
    let release = () => {};
    this.gate = new Promise(resolve => (release = resolve));
    return release;
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

const app = (name: string, sync = 'Synced') => ({
  metadata: { name, namespace: 'argocd' },
  spec: { project: 'default', source: { repoURL: 'https://git.example/shop/web' } },
  status: { sync: { status: sync }, health: { status: 'Healthy' } },
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
  let index: ApplicationIndex;
  let source: ApiSource;

  beforeEach(async () => {
    const url = await argocd.start();
    argocd.status = 200;
    argocd.requests.length = 0;
    argocd.gate = Promise.resolve();
    argocd.applications = [app('web'), app('cart')];
    changes.length = 0;
    index = new ApplicationIndex(application => changes.push(application));
    source = new ApiSource({
      config: { type: 'api', name: 'prod', url, externalUrl: 'https://argocd.example', token: 't' },
      logger: mockServices.logger.mock(),
      clock,
      random: () => 1,
      fetch,
    });
    source.start(index);
  });

  afterEach(async () => {
    await source.stop();
    await argocd.stop();
  });

  const named = (name: string) => index.all().find(application => application.name === name);
  const live = () => until(() => source.state.state === 'live' && named('cart'));

  const LIST = 'GET /api/v1/applications';
  /** So much time in which the stream proves itself alive. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 15_000) {
      clock.advance(15_000);
      argocd.ping();
      const now = new Date(clock.now()).toISOString();
      await until(() => source.state.lastContact === now);
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
    const release = argocd.hold();
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
      const release = argocd.hold();
      const asked = argocd.asked(LIST);
      await pass(60_000);
      await until(() => argocd.asked(LIST) > asked);
      argocd.streams.forEach(stream => stream.destroy());
      await until(() => source.state.state === 'stale');
      release();
      await wait(50);
      clock.advance(500);
      await until(() => source.state.state === 'live');
    }
    const asked = argocd.asked(LIST);
    await pass(60_000);
    await until(() => argocd.asked(LIST) > asked);
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

  it('asks once for the author of a commit', async () => {
    await live();
    const deployed = {
      ...app('web'),
      status: {
        ...app('web').status,
        history: [{ id: 1, deployedAt: '2026-11-21T02:00:00Z', revision: 'a'.repeat(40) }],
      },
    };
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
});
