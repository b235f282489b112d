import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { WorkloadHealthClient, workloadHealthApiRef } from './api';

const routeRef = createRouteRef({ id: 'workload-health' });

/** The same card and tab for portals that still run the classic frontend system. */
export const workloadHealthPlugin = createPlugin({
  id: 'workload-health',
  apis: [
    createApiFactory({
      api: workloadHealthApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new WorkloadHealthClient({ fetchApi }),
    }),
  ],
  routes: { workloads: routeRef },
});

/** For the overview grid of an entity page. */
export const EntityWorkloadHealthCard = workloadHealthPlugin.provide(
  createComponentExtension({
    name: 'EntityWorkloadHealthCard',
    component: {
      lazy: () => import('./components/HealthCard').then(({ HealthCard }) => HealthCard),
    },
  }),
);

/** For a route of an entity page. */
export const EntityWorkloadsContent = workloadHealthPlugin.provide(
  createRoutableExtension({
    name: 'EntityWorkloadsContent',
    mountPoint: routeRef,
    component: () => import('./components/HealthPage').then(({ HealthPage }) => HealthPage),
  }),
);
