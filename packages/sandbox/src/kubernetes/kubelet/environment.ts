import type { KubernetesCluster } from '../KubernetesCluster';
import type { Container } from '../objects/pod';

/**
 * Why a container's environment cannot be put together, in the kubelet's words (pkg/kubelet/kubelet_pods.go), or
 * nothing when all that is not optional is there.
 */
export function environmentError(
  cluster: KubernetesCluster,
  namespace: string,
  { env = [], envFrom = [] }: Container,
): string | undefined {
  for (const { configMapRef, secretRef } of envFrom) {
    const error =
      (configMapRef && missingObject(cluster, 'ConfigMap', namespace, configMapRef)) ??
      (secretRef && missingObject(cluster, 'Secret', namespace, secretRef));
    if (error) return error;
  }
  for (const { valueFrom } of env) {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
    const error =
      (configMapKeyRef && missingKey(cluster, 'ConfigMap', namespace, configMapKeyRef)) ??
      (secretKeyRef && missingKey(cluster, 'Secret', namespace, secretKeyRef));
    if (error) return error;
  }
  return undefined;
}

interface Reference {
  readonly name?: string;
  readonly optional?: boolean;
}

function missingObject(
  cluster: KubernetesCluster,
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  { name = '', optional }: Reference,
): string | undefined {
  if (optional || cluster.get({ kind, namespace, name })) return undefined;
  return `${kind.toLowerCase()} "${name}" not found`;
}

function missingKey(
  cluster: KubernetesCluster,
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  reference: Reference & { readonly key: string },
): string | undefined {
  const missing = missingObject(cluster, kind, namespace, reference);
  if (missing || reference.optional) return missing;
  const { name = '', key } = reference;
  if (cluster.get({ kind, namespace, name })?.data?.[key] !== undefined) return undefined;
  return `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
}
