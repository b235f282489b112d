import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { parseApiVersion } from '../../kubernetes/resources/Resource';

/** Since 3.0 Argo CD marks by annotation what it deployed. */
export const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';

/** The manager under which Argo CD applies. */
export const ARGOCD_MANAGER = 'argocd-controller';

/** `shop:apps/Deployment:robot-shop/cart`. Cluster-wide objects carry the namespace of the application's destination. */
export function trackingId(application: string, object: KubeObject, namespace: string): string {
  const { group } = parseApiVersion(object.apiVersion);
  const { name, namespace: own = namespace } = object.metadata;
  return `${application}:${group}/${object.kind}:${own}/${name}`;
}

export function tracked(application: string, object: KubeObject, namespace: string): KubeObject {
  const { metadata } = object;
  const annotations = {
    ...metadata.annotations,
    [TRACKING_ANNOTATION]: trackingId(application, object, namespace),
  };
  return { ...object, metadata: { ...metadata, annotations } };
}

/**
 * The application that deployed the object. A mark that names another object has been copied, as a Deployment's is
 * onto its ReplicaSets, and says nothing.
 */
export function trackingApplication(object: KubeObject): string | undefined {
  const mark = object.metadata.annotations?.[TRACKING_ANNOTATION];
  const application = mark?.slice(0, mark.indexOf(':'));
  if (!application) return undefined;
  const namespace = mark?.slice(mark.lastIndexOf(':') + 1, mark.lastIndexOf('/')) ?? '';
  return trackingId(application, object, namespace) === mark ? application : undefined;
}
