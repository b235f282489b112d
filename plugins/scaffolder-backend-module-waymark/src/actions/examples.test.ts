import { ScmIntegrations } from '@backstage/integration';
import { ConfigReader } from '@backstage/config';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { mockServices } from '@backstage/backend-test-utils';
import { load } from 'js-yaml';
import { ArgoCdInstances } from '../argocd/ArgoCdInstances';
import { createCatalogWaitAction } from './catalogWait';
import { createCheckArgoCdAction } from './checkArgoCd';
import { createEnsureApplicationAction } from './ensureApplication';
import { createFetchSharedAction } from './fetchShared';
import { createPublishAction } from './publish';
import { createReadinessGateAction } from './readinessGate';
import { createStampAction } from './stamp';

const config = new ConfigReader({});
const integrations = ScmIntegrations.fromConfig(config);
const reader = mockServices.urlReader.mock();

const instances = ArgoCdInstances.fromConfig(config);

const actions = [
  createFetchSharedAction({ reader, integrations, catalog: catalogServiceMock() }),
  createStampAction({ reader, integrations }),
  createReadinessGateAction(),
  createPublishAction({ integrations, config }),
  createCheckArgoCdAction({ instances, integrations }),
  createEnsureApplicationAction({ instances }),
  createCatalogWaitAction({ catalog: catalogServiceMock() }),
] as unknown as TemplateAction[];

describe.each(actions.map(action => [action.id, action] as const))('%s', (id, action) => {
  it('can be tried without effect and shows how it is used', () => {
    expect(action.supportsDryRun).toBe(true);
    expect(action.description).toBeTruthy();
    expect(action.examples?.length).toBeGreaterThan(0);
  });

  it.each(action.examples ?? [])('example: $description', ({ example }) => {
    const { steps } = load(example) as {
      steps: { action: string; input: Record<string, unknown> }[];
    };
    const own = steps.filter(step => step.action === id);
    expect(own.length).toBeGreaterThan(0);
    const known = Object.keys((action.schema?.input as { properties: object }).properties);
    for (const { input } of own) expect(known).toEqual(expect.arrayContaining(Object.keys(input)));
  });
});
