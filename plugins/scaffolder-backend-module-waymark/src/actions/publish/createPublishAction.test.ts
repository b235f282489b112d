import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import { getRemoteInfo } from 'isomorphic-git';
import { createPublishAction } from './createPublishAction';

jest.mock('@backstage/plugin-scaffolder-node', () => ({
  ...jest.requireActual('@backstage/plugin-scaffolder-node'),
  initRepoAndPush: jest.fn(),
}));
jest.mock('isomorphic-git', () => ({
  ...jest.requireActual('isomorphic-git'),
  getRemoteInfo: jest.fn(),
}));

const pushed = initRepoAndPush as jest.Mock;
const remote = getRemoteInfo as jest.Mock;

describe('waymark:publish', () => {
  const workspace = createMockDirectory({ content: { 'README.md': '# greeter' } });
  const requests: string[] = [];
  let answer: (req: IncomingMessage, res: ServerResponse) => void;
  let server: Server;
  let host: string;

  beforeEach(async () => {
    requests.length = 0;
    answer = (_, res) => res.writeHead(201).end('{}');
    server = createServer((req, res) => {
      requests.push(`${req.method} ${req.url}`);
      answer(req, res);
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    pushed.mockReset().mockResolvedValue({ commitHash: 'c0ffee' });
    remote.mockReset().mockResolvedValue({ refs: {} });
  });
  afterEach(() => new Promise(done => server.close(done)));

  /** A task that may be retried: checkpoints that ended well are not run again. */
  function task(repoUrl: string, { isDryRun = false } = {}) {
    const done = new Map<string, unknown>();
    const config = new ConfigReader({
      integrations: {
        gitea: [{ host, baseUrl: `http://${host}`, username: 'waymark', password: 'do-not-print' }],
      },
    });
    const action = createPublishAction({
      config,
      integrations: ScmIntegrations.fromConfig(config),
    });
    return async () => {
      const context = createMockActionContext({
        input: {
          repoUrl,
          description: 'Greets',
          defaultBranch: 'main',
          visibility: 'private' as const,
        },
        workspacePath: workspace.path,
      });
      const output = new Map<string, unknown>();
      await action.handler({
        ...context,
        isDryRun,
        output: (name: string, value: unknown) => void output.set(name, value),
        checkpoint: async ({ key, fn }: { key: string; fn: () => unknown }) => {
          if (!done.has(key)) done.set(key, await fn());
          return done.get(key);
        },
      } as never);
      return Object.fromEntries(output);
    };
  }

  it('creates the repository where the URL says, pushes, and waits until the API knows', async () => {
    let looks = 0;
    answer = ({ method }, res) =>
      res.writeHead(200).end(JSON.stringify(method === 'GET' ? { empty: ++looks < 3 } : {}));
    const output = await task(`${host}?owner=shop&repo=greeter`)();
    expect(requests).toEqual([
      'POST /api/v1/orgs/shop/repos',
      ...Array(3).fill('GET /api/v1/repos/shop/greeter'),
    ]);
    expect(output).toEqual({
      remoteUrl: `http://${host}/shop/greeter.git`,
      repoContentsUrl: `http://${host}/shop/greeter/src/branch/main/`,
      commitHash: 'c0ffee',
    });
  });

  it('says by whom a name is taken', async () => {
    answer = (_, res) =>
      res
        .writeHead(409)
        .end(JSON.stringify({ message: 'The repository with the same name already exists.' }));
    await expect(task(`${host}?owner=shop&repo=greeter`)()).rejects.toThrow(
      `shop/greeter exists already at ${host}: choose another name`,
    );
    expect(pushed).not.toHaveBeenCalled();
  });

  it('goes on where a broken run stopped', async () => {
    const run = task(`${host}?owner=shop&repo=greeter`);
    pushed.mockRejectedValueOnce(new Error('connection reset'));
    await expect(run()).rejects.toThrow(
      `the repository http://${host}/shop/greeter.git exists but is empty, because the push to it failed (connection reset): retry when its host is back`,
    );
    expect(await run()).toMatchObject({ commitHash: 'c0ffee' });
    expect(requests.filter(request => request.startsWith('POST'))).toHaveLength(1);
  });

  it('does not push again what a run pushed that was cut off before it could say so', async () => {
    const run = task(`${host}?owner=shop&repo=greeter`);
    remote.mockResolvedValue({ refs: { heads: { main: 'abc123' } } });
    expect(await run()).toMatchObject({ commitHash: 'abc123' });
    expect(pushed).not.toHaveBeenCalled();
  });

  it('says in a dry run where the repository would be, and creates nothing', async () => {
    expect(await task(`${host}?owner=shop&repo=greeter`, { isDryRun: true })()).toEqual({
      remoteUrl: `http://${host}/shop/greeter.git`,
      repoContentsUrl: `http://${host}/shop/greeter/src/branch/main/`,
      commitHash: '0'.repeat(40),
    });
    expect(requests).toEqual([]);
  });

  it.each([
    ['../etc', 'is no repository name'],
    ["a'b", 'is no repository name'],
    ['a..b', 'is no repository name'],
    ['💥', 'is no repository name'],
    ['a'.repeat(300), 'is no repository name'],
  ])('refuses the name %s', async (repo, message) => {
    await expect(task(`${host}?owner=shop&repo=${encodeURIComponent(repo)}`)()).rejects.toThrow(
      message,
    );
    expect(requests).toEqual([]);
  });

  it('names the host that is not configured, and the one that does not answer', async () => {
    await expect(task('git.unknown?owner=shop&repo=greeter')()).rejects.toThrow(
      'git.unknown is in none of integrations',
    );
    await new Promise(done => server.close(done));
    const failure = await task(`${host}?owner=shop&repo=greeter`)().catch(error => error as Error);
    expect(failure).toMatchObject({
      message: expect.stringContaining(`Gitea at ${host} does not answer (ECONNREFUSED)`),
    });
    expect(String(failure)).not.toContain('do-not-print');
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });
});
