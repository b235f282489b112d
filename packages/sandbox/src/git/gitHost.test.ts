import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { giteaContract } from '../contract/gitea/giteaContract';
import { CASE_TIMEOUT_MS } from '../contract/patience';
import type { Push } from './Push';
import { type GitHost, startGitHost } from './startGitHost';

// Every answer of the host is a run of git, and a machine may be busy.
jest.setTimeout(CASE_TIMEOUT_MS);

describe('the Git host', () => {
  const account = { user: 'waymark', password: 'quiet-harbour', org: 'shop' };
  let folder: string;
  let host: GitHost;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'git-host-'));
    host = await startGitHost({ port: 0, dir: join(folder, 'repositories'), ...account });
  });

  afterAll(async () => {
    await host.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const page = (path: string) => fetch(`${host.url}${path}`);
  const seeded = (name: string, options: { private?: boolean } = {}) =>
    host.repositories.create({ owner: 'shop', name, ...options }).then(async repository => {
      await host.repositories.commit(repository, {
        message: 'Describe it\n\nAt some length.',
        changes: [
          { path: 'README.md', content: '# <Hello> & welcome\n' },
          { path: 'chart/values.yaml', content: 'a: 1\n' },
        ],
      });
      return repository;
    });

  describe('answers as Gitea', () => {
    it.each(giteaContract)('$name', async ({ run }) => {
      await expect(run({ url: host.url, ...account })).resolves.toBeUndefined();
    });
  });

  describe('with Backstage', () => {
    const config = () =>
      mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host: new URL(host.url).host,
                baseUrl: host.url,
                username: account.user,
                password: account.password,
              },
            ],
          },
        },
      });

    it('is published to and read back by the steps that a template takes', async () => {
      const created = await fetch(`${host.url}/api/v1/orgs/shop/repos`, {
        method: 'POST',
        headers: {
          authorization: `basic ${Buffer.from('waymark:quiet-harbour').toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ name: 'parcels', private: true, default_branch: 'main' }),
      });
      expect(created.status).toBe(201);
      const workspace = join(folder, 'workspace');
      await mkdir(join(workspace, 'src'), { recursive: true });
      await writeFile(join(workspace, 'catalog-info.yaml'), 'kind: Component\n');
      await writeFile(join(workspace, 'src', 'server.ts'), 'export {};\n');
      const pushed = new Promise<Push>(resolve => host.onPush(resolve));

      const { commitHash } = await initRepoAndPush({
        dir: workspace,
        remoteUrl: `${host.url}/shop/parcels.git`,
        auth: { username: account.user, password: account.password },
        defaultBranch: 'main',
        logger: mockServices.logger.mock(),
        commitMessage: 'Create the service',
      });

      expect(await pushed).toEqual({
        owner: 'shop',
        name: 'parcels',
        ref: 'refs/heads/main',
        before: undefined,
        after: commitHash,
      });
      const reader = UrlReaders.default({ logger: mockServices.logger.mock(), config: config() });
      const source = `${host.url}/shop/parcels/src/branch/main`;
      const file = await reader.readUrl(`${source}/catalog-info.yaml`);
      expect((await file.buffer()).toString()).toBe('kind: Component\n');
      const tree = await reader.readTree(`${source}/src`);
      expect(tree.etag).toBe(commitHash);
      expect((await tree.files()).map(({ path }) => path)).toEqual(['server.ts']);
      await expect(reader.readTree(source, { etag: commitHash })).rejects.toThrow(
        expect.objectContaining({ name: 'NotModifiedError' }),
      );
      await expect(reader.readUrl(`${source}/none.yaml`)).rejects.toThrow(
        expect.objectContaining({ name: 'NotFoundError' }),
      );
      const found = await reader.search(`${source}/catalog-info.yaml`);
      expect(found.files).toHaveLength(1);
    });

    it('has a page behind the edit link', async () => {
      await seeded('edited');
      const edit = ScmIntegrations.fromConfig(config()).resolveEditUrl(
        `${host.url}/shop/edited/src/branch/main/README.md`,
      );
      const answer = await fetch(edit);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('&lt;Hello&gt; &amp; welcome');
    });
  });

  it('has a page for every link that it gives away', async () => {
    const repository = await seeded('paged', { private: true });
    const [commit] = await repository.git.log('refs/heads/main');
    const empty = await host.repositories.create({ owner: 'shop', name: 'untouched' });
    const paths = [
      '/',
      '/shop',
      '/shop/paged',
      '/shop/paged.git',
      '/shop/paged/src/branch/main',
      '/shop/paged/src/branch/main/chart',
      '/shop/paged/src/branch/main/chart/values.yaml',
      `/shop/paged/src/commit/${commit.sha}/README.md`,
      `/shop/paged/commit/${commit.sha}`,
      '/shop/paged/commits/branch/main',
      '/shop/paged/raw/branch/main/chart/values.yaml',
      `/shop/${empty.record.name}`,
    ];
    for (const path of paths) {
      expect([path, (await page(path)).status]).toEqual([path, 200]);
    }
    const text = await (await page('/shop/paged')).text();
    expect(text).toContain('&lt;Hello&gt; &amp; welcome');
    expect(text).not.toContain('<Hello>');
    for (const path of ['/shop/none', '/shop/paged/src/branch/none', '/shop/paged/commit/abcdef']) {
      expect([path, (await page(path)).status]).toEqual([path, 404]);
    }
  });

  it('finds its repositories again after a restart', async () => {
    await seeded('kept', { private: true });
    const next = await startGitHost({ port: 0, dir: join(folder, 'repositories'), ...account });
    const repository = next.repositories.get('SHOP', 'Kept');
    expect(repository?.record).toMatchObject({ name: 'kept', private: true });
    expect(await repository?.git.branches()).toHaveLength(1);
    await next.stop();
  });
});
