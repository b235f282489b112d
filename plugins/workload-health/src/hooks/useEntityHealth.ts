import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { HEALTH_CHANNEL } from '@waymark/backstage-plugin-workload-health-common';
import { useLive } from '@waymark/card-kit';
import { workloadHealthApiRef } from '../api';

/** Health of the entity whose page this is, kept current. */
export function useEntityHealth() {
  const { entity } = useEntity();
  const api = useApi(workloadHealthApiRef);
  const entityRef = stringifyEntityRef(entity);
  const live = useLive({
    entityRef,
    channel: HEALTH_CHANNEL,
    load: signal => api.entityHealth(entityRef, signal),
  });
  return { ...live, entity };
}
