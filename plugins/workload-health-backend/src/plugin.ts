import { randomUUID } from 'node:crypto';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef, metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { readClusterTargets, systemClock as clock } from '@waymark/cluster-watch';
import { createGetWorkloadHealthAction } from './actions/createGetWorkloadHealthAction';
import { SubjectDetailsReader } from './answers/SubjectDetails';
import { SubjectDirectory } from './answers/SubjectDirectory';
import { VisibleEntities } from './answers/VisibleEntities';
import { WorkloadHealthService } from './answers/WorkloadHealthService';
import { createOwnership } from './collector/createOwnership';
import { readHealthConfig } from './config';
import { createPublisher } from './createPublisher';
import { DatabaseVerdictStore } from './database/DatabaseVerdictStore';
import { openDatabase } from './database/openDatabase';
import { EntityDirectory } from './entities/EntityDirectory';
import { EntitySelectorStore } from './entities/EntitySelectorStore';
import { DatabaseLeaseStore } from './leases/DatabaseLeaseStore';
import { createRouter } from './router';
import { scheduleUpkeep } from './scheduleUpkeep';

/** How the workloads of an entity do, judged from one watch a cluster and served from the database. */
export const workloadHealthPlugin = createBackendPlugin({
  pluginId: 'workload-health',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({ config, database, httpRouter, lifecycle, signals, ...services }) {
        const { historyDays, ruleParams } = readHealthConfig(config);
        const { targets, warnings } = readClusterTargets(config);
        for (const warning of warnings) services.logger.warn(warning);

        const knex = await openDatabase(database);
        const owned = { knex, clock, owner: randomUUID() };
        const selectors = new EntitySelectorStore(owned);
        const entities = new EntityDirectory({ store: selectors, clock });
        const service = new WorkloadHealthService({
          ...services,
          clusters: targets,
          directory: new SubjectDirectory(owned),
          details: new SubjectDetailsReader(knex),
          entities,
          clock,
        });
        const visible = new VisibleEntities({ ...services, clock });
        const ownership = createOwnership({
          ...services,
          targets,
          ruleParams,
          clock,
          leases: new DatabaseLeaseStore(owned),
          store: new DatabaseVerdictStore(owned),
          publish: createPublisher({ ...services, entities, signals, clock }),
        });

        httpRouter.use(createRouter({ ...services, service, visible }));
        createGetWorkloadHealthAction({ ...services, service, visible });
        await scheduleUpkeep({ ...services, selectors, knex, clock, historyDays });
        lifecycle.addStartupHook(() => ownership.start());
        lifecycle.addShutdownHook(() => ownership.stop());
      },
    });
  },
});
