import { ApiBlueprint, createFrontendPlugin, fetchApiRef } from '@backstage/frontend-plugin-api';
import { RiHeartPulseLine } from '@remixicon/react';
import { WorkloadHealthClient, workloadHealthApiRef } from './api';
import { EntityCardBlueprint, EntityContentBlueprint } from './blueprints';
import { mayHaveWorkloads } from './mayHaveWorkloads';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: workloadHealthApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new WorkloadHealthClient({ fetchApi }),
    }),
});

const card = EntityCardBlueprint.make({
  name: 'workload-health',
  params: {
    type: 'content',
    filter: mayHaveWorkloads,
    loader: async () => {
      const { HealthCard } = await import('./components/HealthCard');
      return <HealthCard />;
    },
  },
});

const page = EntityContentBlueprint.make({
  name: 'workloads',
  params: {
    path: '/workloads',
    title: 'Workloads',
    group: 'operation',
    filter: mayHaveWorkloads,
    loader: async () => {
      const { HealthPage } = await import('./components/HealthPage');
      return <HealthPage />;
    },
  },
});

/** Health and readiness of an entity's workloads on its catalog page. */
export const workloadHealthPlugin = createFrontendPlugin({
  pluginId: 'workload-health',
  title: 'Workload health',
  icon: <RiHeartPulseLine />,
  info: { packageJson: () => import('../package.json') },
  extensions: [api, card, page],
});
