import type { EntityDelivery } from '@waymark/backstage-plugin-argocd-delivery-common';
import { argocdNamespace } from '../../world/argocdObjects';
import { worldName } from '../../world/portalConfig';

/** The same Argo CD, heard in both ways that a portal can: by its own API, and by its objects in the cluster. */
export const argocdSource = worldName;
export const clusterSource = 'world-objects';

export const clusterSourceConfig = {
  name: clusterSource,
  type: 'kubernetes',
  cluster: worldName,
  namespace: argocdNamespace,
};

/** What one of them says of an entity. */
export function saidBy(source: string, { applications, sources }: EntityDelivery) {
  const state = sources.find(({ name }) => name === source);
  if (!state) throw new Error(`there is no source ${source}`);
  return {
    source: state,
    application: applications.find(application => application.source === source),
  };
}
