import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createCatalogWaitAction } from './actions/catalogWait';
import { createCheckArgoCdAction } from './actions/checkArgoCd';
import { createEnsureApplicationAction } from './actions/ensureApplication';
import { createFetchSharedAction } from './actions/fetchShared';
import { createPublishAction } from './actions/publish';
import { createReadinessGateAction } from './actions/readinessGate';
import { createStampAction } from './actions/stamp';
import { withDefaults } from './actions/withDefaults';
import { ArgoCdInstances } from './argocd/ArgoCdInstances';

/** The actions of the golden paths. */
export const scaffolderModuleWaymark = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'waymark',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        reader: coreServices.urlReader,
      },
      async init({ actions, catalog, config, reader }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const instances = ArgoCdInstances.fromConfig(config);
        actions.addActions(
          withDefaults(createFetchSharedAction({ reader, integrations, catalog })),
          withDefaults(createStampAction({ reader, integrations })),
          withDefaults(createReadinessGateAction()),
          withDefaults(createPublishAction({ integrations, config })),
          withDefaults(createCheckArgoCdAction({ instances, integrations })),
          withDefaults(createEnsureApplicationAction({ instances })),
          withDefaults(createCatalogWaitAction({ catalog })),
        );
      },
    });
  },
});
