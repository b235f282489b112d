import { componentRef, type Side } from './Side';

/**
 * `KubernetesBackendClient.getObjectsByEntity`. The tab asks for `GET /clusters` before, which is left out: it costs
 * the clusters nothing. The backend reads the entity itself again, so that its reference stands for all of it.
 */
export const stock: Side = {
  pluginId: 'kubernetes',
  requestOf: service => ({
    method: 'POST',
    path: `/api/kubernetes/services/${service}`,
    body: JSON.stringify({
      auth: {},
      entity: { kind: 'Component', metadata: { name: service, namespace: 'default' } },
    }),
  }),
  settled: (backend, token, services) =>
    backend.until('the catalog knows every service', async () => {
      const entityRefs = services.map(componentRef);
      const body = JSON.stringify({ entityRefs, fields: ['metadata.name'] });
      const path = '/api/catalog/entities/by-refs';
      const answer = await backend.ask({ method: 'POST', path, body }, token);
      if (answer.status !== 200) return false;
      const { items } = JSON.parse(answer.body.toString()) as { items: readonly unknown[] };
      return items.every(item => item !== null);
    }),
};
