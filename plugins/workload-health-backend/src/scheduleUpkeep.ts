import type { AuthService, SchedulerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { cleanUp, type CleanUpOptions } from './cleanUp';
import type { EntitySelectorStore } from './entities/EntitySelectorStore';
import { refreshEntitySelectors } from './entities/refreshEntitySelectors';

export interface ScheduleUpkeepOptions extends CleanUpOptions {
  readonly scheduler: SchedulerService;
  readonly catalog: CatalogService;
  readonly auth: AuthService;
  readonly selectors: EntitySelectorStore;
}

/** What one replica does for all of them now and then. */
export async function scheduleUpkeep(options: ScheduleUpkeepOptions): Promise<void> {
  const { scheduler, catalog, auth, selectors } = options;
  await scheduler.scheduleTask({
    id: 'workload-health-entity-selectors',
    scope: 'global',
    frequency: { minutes: 5 },
    timeout: { minutes: 5 },
    // The catalog may still be starting; entities that are looked at meanwhile are noted by their page.
    initialDelay: { seconds: 10 },
    fn: () => refreshEntitySelectors({ catalog, auth, store: selectors }),
  });
  await scheduler.scheduleTask({
    id: 'workload-health-clean-up',
    scope: 'global',
    frequency: { hours: 1 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    fn: () => cleanUp(options),
  });
}
