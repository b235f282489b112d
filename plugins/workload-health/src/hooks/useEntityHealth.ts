import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { HEALTH_CHANNEL } from '@waymark/backstage-plugin-workload-health-common';
import { useLive } from '@waymark/card-kit';
import { useMemo } from 'react';
import { workloadHealthApiRef } from '../api';
import { asLastKnown } from './asLastKnown';

/** Health of the entity whose page this is, kept current; what cannot be kept current does not look it. */
export function useEntityHealth() {
  const { entity } = useEntity();
  const api = useApi(workloadHealthApiRef);
  const entityRef = stringifyEntityRef(entity);
  const live = useLive({
    entityRef,
    channel: HEALTH_CHANNEL,
    load: signal => api.entityHealth(entityRef, signal),
  });
  const answer = live.state === 'loaded' ? live.value : undefined;
  const lastKnown = useMemo(() => answer && asLastKnown(answer), [answer]);
  if (live.state === 'loaded' && live.outdated && lastKnown)
    return { ...live, value: lastKnown, entity };
  return { ...live, entity };
}
