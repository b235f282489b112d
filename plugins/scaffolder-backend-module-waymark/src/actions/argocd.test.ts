import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { ArgoCdApplication } from '../argocd/ArgoCdApplication';
import { ArgoCdInstances } from '../argocd/ArgoCdInstances';
import { createCheckArgoCdAction } from './checkArgoCd';
import { createEnsureApplicationAction } from './ensureApplication';
import { withDefaults } from './withDefaults';

const ARGOCD = 'https://argocd.example';
const repoUrl = 'https://github.com/shop/cart.git';

const source = (name: string, type = 'api') =>
  type === 'api'
    ? { name, type, url: ARGOCD, token: 'do-not-print' }
    : { name, type, cluster: 'prod-eu' };

describe('Argo CD', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let applications: Map<string, ArgoCdApplication>;
  let projects: string[];
  let writes: string[];

  /** As the real one: a missing application is 404 where its project was named, and 403 where it was not. */
  beforeEach(() => {
    applications = new Map();
    projects = ['default', 'shop'];
    writes = [];
    server.use(
      http.get(`${ARGOCD}/api/v1/projects`, () =>
        HttpResponse.json({ items: projects.map(name => ({ metadata: { name } })) }),
      ),
      http.get(`${ARGOCD}/api/v1/applications/:name`, ({ params, request }) => {
        const project = new URL(request.url).searchParams.get('project');
        const found = applications.get(String(params.name));
        if (found && (!project || found.spec.project === project)) return HttpResponse.json(found);
        return HttpResponse.json({ message: 'no' }, { status: project ? 404 : 403 });
      }),
      http.post(`${ARGOCD}/api/v1/applications`, async ({ request }) => {
        const application = (await request.json()) as ArgoCdApplication;
        writes.push(application.metadata.name);
        applications.set(application.metadata.name, application);
        return HttpResponse.json(application);
      }),
    );
  });

  const application = (name: string, { url = repoUrl, project = 'default' } = {}) =>
    applications.set(name, {
      metadata: { name },
      spec: { project, source: { repoURL: url } },
    } as ArgoCdApplication);

  async function run(
    create: 'check' | 'ensure',
    input: object = {},
    { sources = [source('main')], isDryRun = false } = {},
  ) {
    const config = new ConfigReader({
      argocdDelivery: { sources },
      integrations: { github: [{ host: 'github.com', token: 'do-not-print' }] },
    });
    const instances = ArgoCdInstances.fromConfig(config);
    const integrations = ScmIntegrations.fromConfig(config);
    const action = withDefaults(
      (create === 'check'
        ? createCheckArgoCdAction({ instances, integrations })
        : createEnsureApplicationAction({ instances })) as TemplateAction,
    );
    const context = createMockActionContext({ input: { name: 'cart-dev', ...input } as never });
    const output: Record<string, unknown> = {};
    await action.handler({
      ...context,
      isDryRun,
      output: (name: string, value: unknown) => void (output[name] = value),
    } as never);
    return output;
  }

  const check = (input: object = {}, options = {}) =>
    run('check', { repoUrl: 'github.com?owner=shop&repo=cart', ...input }, options).finally(() =>
      expect(writes).toEqual([]),
    );
  const ensure = (input: object = {}, options = {}) =>
    run('ensure', { repoUrl, destination: { namespace: 'shop' }, ...input }, options);

  describe('waymark:argocd:check', () => {
    it('passes where the application can be created, and where it deploys this repository already', async () => {
      await expect(check({ project: 'shop' })).resolves.toEqual({});
      application('cart-dev', { url: 'https://github.com/Shop/cart' });
      await expect(check()).resolves.toEqual({});
    });

    it.each([
      ['default', 'that deploys https://github.com/shop/old.git: choose another name'],
      ['elsewhere', 'that deploys https://github.com/shop/old.git: choose another name'],
    ])('says by what a name is taken, in project %s too', async (project, message) => {
      application('cart-dev', { url: 'https://github.com/shop/old.git', project });
      await expect(check()).rejects.toThrow(message);
    });

    it('names the project that is missing and those that there are', async () => {
      await expect(check({ project: 'payments' })).rejects.toThrow(
        'project: Argo CD shows no project payments; there are default, shop',
      );
    });

    it('does not stop where projects may not be read', async () => {
      projects = [];
      await expect(check({ project: 'payments' })).resolves.toEqual({});
    });

    it('stops where applications may not be read', async () => {
      server.use(
        http.get(`${ARGOCD}/api/v1/applications/:name`, () =>
          HttpResponse.json({ message: 'permission denied' }, { status: 403 }),
        ),
      );
      await expect(check()).rejects.toThrow('permission denied');
    });

    it('names the key of the configuration that is missing', async () => {
      await expect(check({}, { sources: [source('eu', 'kubernetes')] })).rejects.toThrow(
        'add a source of type api, with url and token, to argocdDelivery.sources',
      );
      const both = { sources: [source('eu'), source('us')] };
      await expect(check({}, both)).rejects.toThrow(
        'instance: name one of eu, us; the templates take it from scaffolder.defaultEnvironment.parameters.argocdInstance',
      );
      await expect(check({ instance: 'asia' }, both)).rejects.toThrow(
        'no source of type api is named asia',
      );
      await expect(check({ instance: 'us' }, both)).resolves.toEqual({});
    });
  });

  describe('waymark:argocd:ensure-application', () => {
    const made = { name: 'cart-dev', url: `${ARGOCD}/applications/argocd/cart-dev` };

    it('creates once, however often it runs', async () => {
      expect(await ensure({ automated: false })).toEqual(made);
      expect(await ensure({ automated: false })).toEqual(made);
      expect(writes).toEqual(['cart-dev']);
      const { spec } = applications.get('cart-dev')!;
      expect(spec).toMatchObject({ project: 'default', source: { repoURL: repoUrl } });
      expect(spec.syncPolicy).not.toHaveProperty('automated');
    });

    it('never takes over an application of another repository or project', async () => {
      application('cart-dev', { url: 'https://github.com/shop/old.git' });
      await expect(ensure()).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('that deploys https://github.com/shop/old.git'),
      });
      application('cart-dev', { project: 'shop' });
      await expect(ensure()).rejects.toThrow(
        'project: Argo CD has the application cart-dev in project shop, not default',
      );
      expect(writes).toEqual([]);
    });

    it('says in a dry run what it would put out, and writes nothing', async () => {
      expect(await ensure({}, { isDryRun: true })).toEqual(made);
      expect(writes).toEqual([]);
    });
  });
});
