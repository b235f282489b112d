import { createApiRef } from '@backstage/frontend-plugin-api';
import type { EntityHealth } from '@waymark/backstage-plugin-workload-health-common';

export interface WorkloadHealthApi {
  /** Rejects with a ResponseError when the entity may not be seen or the backend fails. */
  entityHealth(entityRef: string, signal?: AbortSignal): Promise<EntityHealth>;
}

export const workloadHealthApiRef = createApiRef<WorkloadHealthApi>().with({
  id: 'plugin.workload-health.client',
  pluginId: 'workload-health',
});
