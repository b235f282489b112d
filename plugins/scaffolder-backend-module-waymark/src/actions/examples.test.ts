import {
  createMockDirectory,
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import Ajv from 'ajv';
import { load } from 'js-yaml';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { ArgoCdInstances } from '../argocd/ArgoCdInstances';
import { createCatalogWaitAction } from './catalogWait';
import { createCheckArgoCdAction } from './checkArgoCd';
import { createEnsureApplicationAction } from './ensureApplication';
import { createFetchSharedAction } from './fetchShared';
import { createPublishAction } from './publish';
import { createReadinessGateAction } from './readinessGate';
import { createStampAction } from './stamp';
import { withDefaults } from './withDefaults';

const config = new ConfigReader({
  integrations: { github: [{ host: 'github.com', token: 'do-not-print' }] },
  argocdDelivery: {
    sources: [{ name: 'main', type: 'api', url: 'https://argocd.example', token: 'do-not-print' }],
  },
});
const integrations = ScmIntegrations.fromConfig(config);
const instances = ArgoCdInstances.fromConfig(config);
const reader = mockServices.urlReader.mock();
const catalog = catalogServiceMock();

const actions = (
  [
    createFetchSharedAction({ reader, integrations, catalog }),
    createStampAction({ reader, integrations }),
    createReadinessGateAction(),
    createPublishAction({ integrations, config }),
    createCheckArgoCdAction({ instances, integrations }),
    createEnsureApplicationAction({ instances }),
    createCatalogWaitAction({ catalog }),
  ] as unknown as TemplateAction[]
).map(withDefaults);

/** What writes in earnest: shows that the world of these tests notices. */
const CREATES = ['waymark:publish', 'waymark:argocd:ensure-application'];

const parameters: Readonly<Record<string, unknown>> = { name: 'payment' };

/** The two kinds of expressions that examples use; any other is left, and no longer fits the schema or the world below. */
const answered = (value: unknown): unknown => {
  if (value === '${{ parameters }}') return parameters;
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{\{ parameters\.(\w+) \}\}/g, (_, name) => String(parameters[name]));
};

function inputsOf(example: string, id: string): Record<string, unknown>[] {
  const { steps } = load(example) as { steps: { action: string; input: object }[] };
  return steps
    .filter(({ action }) => action === id)
    .map(({ input }) =>
      Object.fromEntries(Object.entries(input).map(([key, value]) => [key, answered(value)])),
    );
}

describe.each(actions.map(action => [action.id, action] as const))('%s', (id, action) => {
  const disk = createMockDirectory();
  const server = setupServer();
  registerMswTestHooks(server);
  let writes: string[];

  beforeEach(() => {
    writes = [];
    disk.setContent({
      template: {
        'template.yaml': '',
        'files.yaml': "version: '1.2.0'\nfiles: []",
        _chart: { 'Chart.yaml': '' },
      },
      workspace: {
        'README.md': '# payment',
        chart: {
          'Chart.yaml': 'apiVersion: v2\nname: payment\nversion: 1.0.0',
          'values-prod.yaml': '',
          templates: {
            'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: payment }\n',
          },
        },
      },
    });
    server.use(
      http.get('https://argocd.example/api/v1/projects', () =>
        HttpResponse.json({ items: [{ metadata: { name: 'shop' } }] }),
      ),
      http.get('https://api.github.com/users/shop', () =>
        HttpResponse.json({ type: 'Organization', login: 'shop' }),
      ),
      http.get('*', () => HttpResponse.json({ message: 'not found' }, { status: 404 })),
      http.all('*', ({ request }) => {
        writes.push(`${request.method} ${request.url}`);
        return HttpResponse.json({ message: 'this world is read only' }, { status: 500 });
      }),
    );
  });

  async function run(input: object, isDryRun: boolean) {
    const output = jest.fn();
    const context = createMockActionContext({
      input: input as never,
      workspacePath: disk.resolve('workspace'),
      templateInfo: {
        entityRef: 'template:default/payment',
        entity: { metadata: { name: 'payment' } },
        baseUrl: `file://${disk.resolve('template/template.yaml')}`,
      },
    });
    await action.handler({ ...context, isDryRun, output } as never);
    return Object.fromEntries(output.mock.calls);
  }

  it('says what it is, and shows how it is used', () => {
    expect(action.description).toBeTruthy();
    expect(action.examples?.length).toBeGreaterThan(0);
  });

  describe.each(action.examples ?? [])('example: $description', ({ example }) => {
    const inputs = inputsOf(example, id);

    it('is what the schema takes', () => {
      const validate = new Ajv().compile(action.schema!.input!);
      expect(inputs.length).toBeGreaterThan(0);
      for (const input of inputs) {
        validate(input);
        expect(validate.errors).toBeNull();
        expect(validate({ ...input, surplus: 1 })).toBe(false);
      }
    });

    it('runs dry: puts out all that later steps may read, and writes nowhere', async () => {
      expect(action.supportsDryRun).toBe(true);
      const validate = new Ajv().compile(action.schema!.output ?? { type: 'object' });
      for (const input of inputs) {
        validate(await run(input, true));
        expect(validate.errors).toBeNull();
      }
      expect(writes).toEqual([]);
    });

    if (CREATES.includes(id))
      it('would be seen to write', async () => {
        await expect(run(inputs[0], false)).rejects.toThrow('this world is read only');
        expect(writes).toHaveLength(1);
      });
  });
});
