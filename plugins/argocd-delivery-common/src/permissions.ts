import { createPermission } from '@backstage/plugin-permission-common';

/** Ask Argo CD to sync an application of an entity. Reading follows the catalog's own permission on the entity. */
export const argocdDeliverySyncPermission = createPermission({
  name: 'argocd-delivery.application.sync',
  attributes: { action: 'update' },
  resourceType: 'catalog-entity',
});

export const argocdDeliveryPermissions = [argocdDeliverySyncPermission];
