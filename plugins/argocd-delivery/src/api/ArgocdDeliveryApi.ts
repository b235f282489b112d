import { createApiRef } from '@backstage/frontend-plugin-api';
import type { EntityDelivery, SyncRequest } from '@waymark/backstage-plugin-argocd-delivery-common';

export interface ArgocdDeliveryApi {
  entityDelivery(entityRef: string, signal?: AbortSignal): Promise<EntityDelivery>;
  /** Resolves when Argo CD has taken the request; what becomes of it is in the application's operation. */
  sync(entityRef: string, applicationId: string, request: SyncRequest): Promise<void>;
}

export const argocdDeliveryApiRef = createApiRef<ArgocdDeliveryApi>().with({
  id: 'plugin.argocd-delivery.client',
  pluginId: 'argocd-delivery',
});
