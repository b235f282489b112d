import { useApi } from '@backstage/frontend-plugin-api';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';
import { useState } from 'react';
import { argocdDeliveryApiRef } from '../api';

/** How the request for a sync goes. How the sync itself goes comes with the application. */
export type SyncRequestState =
  | { readonly state: 'idle' }
  | { readonly state: 'pending' }
  | { readonly state: 'taken' }
  | { readonly state: 'refused'; readonly message: string };

export function useSync(entityRef: string, { id }: Pick<DeliveryApplication, 'id'>) {
  const api = useApi(argocdDeliveryApiRef);
  const [request, setRequest] = useState<SyncRequestState>({ state: 'idle' });
  const sync = async (prune: boolean) => {
    setRequest({ state: 'pending' });
    try {
      await api.sync(entityRef, id, { prune, dryRun: false });
      setRequest({ state: 'taken' });
    } catch (error) {
      setRequest({ state: 'refused', message: (error as Error).message });
    }
  };
  return { request, sync };
}
