import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { DELIVERY_CHANNEL } from '@waymark/backstage-plugin-argocd-delivery-common';
import { useLive } from '@waymark/card-kit';
import { argocdDeliveryApiRef } from '../api';

/** What is deployed of the entity whose page this is, kept current. */
export function useEntityDelivery() {
  const { entity } = useEntity();
  const api = useApi(argocdDeliveryApiRef);
  const entityRef = stringifyEntityRef(entity);
  const live = useLive({
    entityRef,
    channel: DELIVERY_CHANNEL,
    load: signal => api.entityDelivery(entityRef, signal),
  });
  return { ...live, entity, entityRef };
}
