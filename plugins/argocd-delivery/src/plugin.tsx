import { ApiBlueprint, createFrontendPlugin, fetchApiRef } from '@backstage/frontend-plugin-api';
import { RiShipLine } from '@remixicon/react';
import { ArgocdDeliveryClient, argocdDeliveryApiRef } from './api';
import { EntityCardBlueprint } from './blueprints';
import { mayBeDelivered } from './mayBeDelivered';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: argocdDeliveryApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new ArgocdDeliveryClient({ fetchApi }),
    }),
});

const card = EntityCardBlueprint.make({
  name: 'delivery',
  params: {
    type: 'content',
    filter: mayBeDelivered,
    loader: async () => {
      const { DeliveryCard } = await import('./components/DeliveryCard');
      return <DeliveryCard />;
    },
  },
});

/** What Argo CD deployed of an entity, on its catalog page. */
export const argocdDeliveryPlugin = createFrontendPlugin({
  pluginId: 'argocd-delivery',
  title: 'Delivery',
  icon: <RiShipLine />,
  info: { packageJson: () => import('../package.json') },
  extensions: [api, card],
});
