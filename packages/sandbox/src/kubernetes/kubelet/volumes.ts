import type { KubernetesCluster } from '../KubernetesCluster';
import type { KubeObject } from '../objects/KubeObject';
import type { Pod, Volume, VolumeItems } from '../objects/pod';

const SECRETS_STORE = 'secrets-store.csi.k8s.io';

/**
 * Why a volume cannot be set up, as the FailedMount event says it, or nothing once all are. Mounting through the
 * secrets store also creates the Secrets that its class asks for, which is how they come into being at all.
 */
export function mountError(cluster: KubernetesCluster, pod: Pod): string | undefined {
  for (const volume of pod.spec.volumes ?? []) {
    const error = volumeError(cluster, pod, volume);
    if (error) return `MountVolume.SetUp failed for volume "${volume.name}" : ${error}`;
  }
  return undefined;
}

function volumeError(cluster: KubernetesCluster, pod: Pod, volume: Volume): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  const { configMap, secret, projected, csi } = volume;
  const sources = [
    ...(configMap ? [{ kind: 'ConfigMap' as const, ...configMap }] : []),
    ...(secret ? [{ kind: 'Secret' as const, name: secret.secretName, ...secret }] : []),
    ...(projected?.sources ?? []).flatMap(source => [
      ...(source.configMap ? [{ kind: 'ConfigMap' as const, ...source.configMap }] : []),
      ...(source.secret ? [{ kind: 'Secret' as const, ...source.secret }] : []),
    ]),
  ];
  for (const source of sources) {
    const error = sourceError(cluster, namespace, source);
    if (error) return error;
  }
  return csi?.driver === SECRETS_STORE ? secretsStoreError(cluster, pod, volume) : undefined;
}

function sourceError(
  cluster: KubernetesCluster,
  namespace: string,
  source: { kind: 'ConfigMap' | 'Secret'; name?: string; optional?: boolean } & VolumeItems,
): string | undefined {
  const { kind, name = '', optional, items = [] } = source;
  if (optional) return undefined;
  const object = cluster.get({ kind, namespace, name });
  if (!object) return `${kind.toLowerCase()} "${name}" not found`;
  const missing = items.find(({ key }) => object.data?.[key] === undefined);
  if (!missing) return undefined;
  const what = kind === 'ConfigMap' ? 'config' : 'secret';
  return `references non-existent ${what} key: ${missing.key}`;
}

interface SecretObject {
  secretName: string;
  type?: string;
  labels?: Record<string, string>;
  data?: { key: string; objectName: string }[];
}

function secretsStoreError(
  cluster: KubernetesCluster,
  pod: Pod,
  { csi }: Volume,
): string | undefined {
  const namespace = pod.metadata.namespace ?? '';
  const name = csi?.volumeAttributes?.secretProviderClass ?? '';
  const providerClass = cluster.get({ kind: 'SecretProviderClass', namespace, name });
  if (!providerClass) {
    return (
      `rpc error: code = Unknown desc = failed to get secretproviderclass ${namespace}/${name}, ` +
      `error: SecretProviderClass.secrets-store.csi.x-k8s.io "${name}" not found`
    );
  }
  const { secretObjects = [] } = (providerClass.spec ?? {}) as { secretObjects?: SecretObject[] };
  secretObjects.forEach(wanted => syncSecret(cluster, pod, wanted));
  return undefined;
}

/** Owned by what controls the pod, so that it goes when the last mounting workload does. */
function syncSecret(cluster: KubernetesCluster, pod: Pod, wanted: SecretObject): void {
  const { namespace, ownerReferences = [] } = pod.metadata;
  const data = (wanted.data ?? []).map(({ key, objectName }) => [
    key,
    Buffer.from(`sandbox value of ${objectName}`).toString('base64'),
  ]);
  const secret: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: wanted.secretName,
      namespace,
      labels: { ...wanted.labels, 'secrets-store.csi.k8s.io/managed': 'true' },
      ownerReferences: ownerReferences.map(({ controller: _, ...reference }) => reference),
    },
    type: wanted.type ?? 'Opaque',
    data: Object.fromEntries(data),
  };
  if (!cluster.get({ kind: 'Secret', namespace, name: wanted.secretName })) cluster.create(secret);
}
