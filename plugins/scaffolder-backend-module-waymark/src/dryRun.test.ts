import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { readTemplate, renderTemplate } from '@waymark/template-kit';
import { load } from 'js-yaml';
import { scaffolderModuleWaymark } from './module';

const templates = join(__dirname, '../../../templates');
const { answers } = load(
  readFileSync(join(templates, 'node-service/cases/minimal.yaml'), 'utf8'),
) as { answers: Record<string, unknown> };

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => statSync(join(folder, file)).isFile())
    .sort();

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

interface DryRun {
  readonly error?: { readonly message: string };
  readonly output: { readonly links: readonly Record<string, string>[] };
  readonly directoryContents: readonly { path: string; base64Content: string }[];
}

/** The scaffolder's own dry run of the golden path, in a portal with a Git host and an Argo CD that both tell of every call. */
describe('POST /v2/dry-run', () => {
  // In no Git checkout: the stamp would name its commit on one side only.
  const disk = createMockDirectory();
  const templateDir = disk.resolve('templates/node-service');
  let world: Server;
  let host: string;
  let calls: string[];
  let backend: TestBackend;

  beforeAll(async () => {
    // Jest's own makes objects of another realm, which the template engine does not take for plain ones.
    jest.spyOn(globalThis, 'structuredClone').mockImplementation(copy);
    cpSync(templates, disk.resolve('templates'), {
      recursive: true,
      filter: path => !path.includes('node_modules'),
    });
    world = createServer((request, response) => {
      calls.push(`${request.method} ${request.url}`);
      const projects = { items: [{ metadata: { name: 'default' } }] };
      const isKnown = request.url?.endsWith('/projects');
      response.writeHead(isKnown ? 200 : 404).end(JSON.stringify(isKnown ? projects : {}));
    });
    await new Promise<void>(done => world.listen(0, '127.0.0.1', done));
    host = `127.0.0.1:${(world.address() as AddressInfo).port}`;
    const baseUrl = `http://${host}`;
    backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            // A worker goes on asking for tasks after its backend has stopped.
            scaffolder: { concurrentTasksLimit: 0 },
            integrations: { gitea: [{ host, baseUrl, username: 'waymark', password: 'x' }] },
            argocdDelivery: { sources: [{ name: 'main', type: 'api', url: baseUrl, token: 'x' }] },
          },
        }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'scaffolder.backstage.io/v1beta3',
              kind: 'Template',
              metadata: {
                name: 'node-service',
                annotations: {
                  'backstage.io/managed-by-location': `file:${templateDir}/template.yaml`,
                },
              },
            },
          ],
        }),
        scaffolderPlugin,
        scaffolderModuleWaymark,
      ],
    });
  }, 120_000);
  beforeEach(() => {
    calls = [];
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await backend?.stop();
    await new Promise(done => world.close(done));
  });

  /** Sends what a template editor sends that has opened a folder. */
  async function dryRun(name: string, files: Readonly<Record<string, string>>): Promise<DryRun> {
    const { metadata, ...template } = load(
      readFileSync(join(templateDir, 'template.yaml'), 'utf8'),
    ) as { metadata: object; spec: object };
    const { parameters } = await readTemplate(templateDir);
    const url = `http://127.0.0.1:${backend.server.port()}/api/scaffolder/v2/dry-run`;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        template: {
          ...template,
          metadata: { ...metadata, name },
          spec: { ...template.spec, parameters },
        },
        values: placed(),
        directoryContents: Object.entries(files).map(([path, file]) => ({
          path,
          base64Content: readFileSync(file, 'base64'),
        })),
      }),
    });
    return response.json();
  }

  const placed = () => ({ ...answers, repoHost: host, repoOwner: 'shop' });
  const below = (folder: string, prefix = '') =>
    Object.fromEntries(filesIn(folder).map(file => [join(prefix, file), join(folder, file)]));

  it('runs to its end, shows the bytes that would be pushed and the links there would be, and writes nowhere', async () => {
    const { error, output, directoryContents } = await dryRun('node-service', below(templateDir));
    expect(error).toBeUndefined();

    const rendered = disk.resolve('rendered');
    await renderTemplate({ templateDir, answers: placed(), outDir: rendered });
    const written = new Map(
      directoryContents.map(file => [file.path, Buffer.from(file.base64Content, 'base64')]),
    );
    const expected = filesIn(rendered);
    expect([...written.keys()].sort()).toEqual(expected);
    const differing = expected.filter(
      file => !readFileSync(join(rendered, file)).equals(written.get(file)!),
    );
    expect(differing).toEqual([]);

    expect(output.links.map(({ url }) => url).filter(Boolean)).toEqual([
      `http://${host}/shop/order.git`,
      `http://${host}/applications/argocd/order-dev`,
    ]);
    expect(calls).toEqual([
      'GET /api/v1/projects',
      'GET /api/v1/applications/order-dev?project=default',
      'GET /api/v1/applications/order-dev',
    ]);
  }, 60_000);

  it('takes the shared folder that came along before that of the catalog', async () => {
    const files = { ...below(templateDir), ...below(join(templates, '_chart'), '_chart') };
    const mine = disk.resolve('README.md');
    disk.addContent({ 'README.md': '# mine' });
    const { error, directoryContents } = await dryRun('not-registered', {
      ...files,
      '_chart/README.md': mine,
    });
    expect(error).toBeUndefined();
    const readme = directoryContents.find(({ path }) => path === 'chart/README.md')!;
    expect(Buffer.from(readme.base64Content, 'base64').toString()).toBe('# mine');
  }, 60_000);

  it('says what to do where the shared folder is neither sent nor known', async () => {
    const { error } = await dryRun('not-registered', below(templateDir));
    expect(error?.message).toContain(
      'the dry run came without a folder _chart, and the catalog has no template not-registered to find it beside: send the folder along with template.yaml, or register the template',
    );
  });
});
