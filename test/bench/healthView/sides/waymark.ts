import type { EntityStatuses } from '@waymark/backstage-plugin-workload-health-common';
import { componentRef, type Side, type ViewRequest } from './Side';

/** `WorkloadHealthClient.entityHealth`: what the card and the tab ask for, once for both. */
export const waymark: Side = {
  pluginId: 'workload-health',
  requestOf: service => ({
    method: 'GET',
    path: `/api/workload-health/v1/entities/default/component/${service}`,
  }),
  settled: (backend, token, services) =>
    backend.until('every workload is judged healthy', async () => {
      const answer = await backend.ask(statusesRequest(services), token);
      if (answer.status !== 200) return false;
      const { items } = JSON.parse(answer.body.toString()) as EntityStatuses;
      return items.filter(({ status }) => status === 'healthy').length === services.length;
    }),
};

/** The status of many entities at once, for a table of the catalog. The stock plugin has no such thing. */
export const statusesRequest = (services: readonly string[]): ViewRequest => ({
  method: 'POST',
  path: '/api/workload-health/v1/entities/by-refs',
  body: JSON.stringify({ entityRefs: services.map(componentRef) }),
});
