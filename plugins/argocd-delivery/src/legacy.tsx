import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { ArgocdDeliveryClient, argocdDeliveryApiRef } from './api';

/** The same card for portals that still run the classic frontend system. */
export const argocdDeliveryPlugin = createPlugin({
  id: 'argocd-delivery',
  apis: [
    createApiFactory({
      api: argocdDeliveryApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new ArgocdDeliveryClient({ fetchApi }),
    }),
  ],
});

/** For the overview grid of an entity page. */
export const EntityDeliveryCard = argocdDeliveryPlugin.provide(
  createComponentExtension({
    name: 'EntityDeliveryCard',
    component: {
      lazy: () => import('./components/DeliveryCard').then(({ DeliveryCard }) => DeliveryCard),
    },
  }),
);
