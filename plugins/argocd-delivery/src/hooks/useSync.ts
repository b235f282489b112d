import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeliveryApplication,
  DeliveryOperation,
} from '@waymark/backstage-plugin-argocd-delivery-common';
import { useEffect, useState } from 'react';
import { argocdDeliveryApiRef } from '../api';

/** How the request for a sync goes. How the sync itself goes comes with the application. */
export type SyncRequestState =
  | { readonly state: 'idle' }
  | { readonly state: 'pending' }
  | { readonly state: 'taken' }
  | { readonly state: 'refused'; readonly message: string };

const IDLE: SyncRequestState = { state: 'idle' };

/** What became of a request stands until an operation ends after it: from then on the operation tells. */
export function useSync(
  entityRef: string,
  { id, operation }: Pick<DeliveryApplication, 'id' | 'operation'>,
) {
  const api = useApi(argocdDeliveryApiRef);
  const [request, setRequest] = useState(IDLE);
  const ended = operation && endOf(operation);
  useEffect(() => {
    if (ended) setRequest(latest => (latest.state === 'pending' ? latest : IDLE));
  }, [ended]);
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

/** Tells the ends of operations apart; undefined while one is under way. */
function endOf({ phase, startedAt, finishedAt }: DeliveryOperation): string | undefined {
  if (phase === 'Running' || phase === 'Terminating') return undefined;
  return [phase, startedAt, finishedAt].join(' ');
}
