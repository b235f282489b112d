import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { argocdDeliveryPermissions } from '@waymark/backstage-plugin-argocd-delivery-common';
import { ApplicationIndex } from './applications/ApplicationIndex';
import { readSources } from './config';
import { createStatePublisher } from './createStatePublisher';
import { WatchedEntities } from './entities/WatchedEntities';
import { createRouter } from './router';
import { createPublisher } from './services/createPublisher';
import { DeliveryService } from './services/DeliveryService';
import { createSource } from './sources/createSource';

/** What Argo CD deployed of an entity, from an index that one stream an instance keeps current. */
export const argocdDeliveryPlugin = createBackendPlugin({
  pluginId: 'argocd-delivery',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
      },
      async init({
        config,
        httpRouter,
        lifecycle,
        logger,
        metrics,
        permissionsRegistry,
        signals,
        ...services
      }) {
        const watched = new WatchedEntities();
        const changes = metrics.createCounter('waymark.delivery.changes', {
          description: 'Changes of applications told to open pages',
          unit: '{change}',
        });
        const index = new ApplicationIndex(createPublisher({ watched, signals, logger, changes }));
        const publishState = createStatePublisher({ watched, signals, logger });
        const sources = readSources(config).map(source => createSource(source, { config, logger }));
        const service = new DeliveryService({ sources, index, watched, now: () => new Date() });

        permissionsRegistry.addPermissions(argocdDeliveryPermissions);
        httpRouter.use(createRouter({ service, ...services }));
        lifecycle.addStartupHook(() => {
          for (const source of sources) source.start(index, () => publishState(source.name));
        });
        lifecycle.addShutdownHook(async () => {
          await Promise.all(sources.map(source => source.stop()));
        });
      },
    });
  },
});
