import { readFile } from 'node:fs/promises';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { awsRegionOf } from './awsRegionOf';
import type { ClusterAuth } from './ClusterTarget';

/** Where Kubernetes mounts the token of a pod's own service account; the kubelet renews the file. */
const IN_CLUSTER_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

const METADATA = {
  provider: 'kubernetes.io/auth-provider',
  assumeRole: 'kubernetes.io/aws-assume-role',
  externalId: 'kubernetes.io/aws-external-id',
  clusterId: 'kubernetes.io/x-k8s-aws-id',
  region: 'kubernetes.io/aws-region',
} as const;

/** How to authenticate to a cluster of `type: config`, or the provider that a collector without a user cannot serve. */
export function readClusterAuth(
  cluster: Config,
  defaultRegion: string | undefined,
): ClusterAuth | { readonly type: 'unsupported'; readonly provider: string } {
  const metadata = cluster.getOptional<Record<string, string>>('authMetadata') ?? {};
  if (cluster.has('clientCertificate')) return clientCertificate(cluster);
  const provider = metadata[METADATA.provider] ?? cluster.getOptionalString('authProvider');
  switch (provider) {
    case 'serviceAccount':
      return serviceAccount(cluster, metadata);
    case 'aws':
      return aws(cluster, metadata, defaultRegion);
    case 'localKubectlProxy':
      return { type: 'none' };
    case 'clientCertificate':
      throw missing(cluster, 'clientCertificate', 'authProvider clientCertificate');
    case undefined:
      throw missing(cluster, 'authProvider', 'every cluster');
    default:
      return { type: 'unsupported', provider };
  }
}

function serviceAccount(cluster: Config, metadata: Record<string, string>): ClusterAuth {
  const token = metadata.serviceAccountToken ?? cluster.getOptionalString('serviceAccountToken');
  const file = cluster.getOptionalString('serviceAccountTokenFile');
  if (token) return { type: 'service-account', token: async () => token };
  // Read at each request, a few a minute: bound tokens are replaced under way.
  return { type: 'service-account', token: () => readTrimmed(file ?? IN_CLUSTER_TOKEN) };
}

function clientCertificate(cluster: Config): ClusterAuth {
  const block = cluster.getConfig('clientCertificate');
  const certificate = pemReader(cluster, block, 'certData', 'certFile');
  const privateKey = pemReader(cluster, block, 'keyData', 'keyFile');
  return {
    type: 'client-certificate',
    certificate: async () => {
      const [cert, key] = await Promise.all([certificate(), privateKey()]);
      return { cert, key };
    },
  };
}

function pemReader(cluster: Config, block: Config, dataKey: string, fileKey: string) {
  const data = block.getOptionalString(dataKey);
  const file = block.getOptionalString(fileKey);
  if (data) return async () => Buffer.from(data, 'base64').toString('utf8');
  if (file) return () => readTrimmed(file);
  throw missing(cluster, `clientCertificate.${dataKey} or .${fileKey}`, 'a client certificate');
}

function aws(
  cluster: Config,
  metadata: Record<string, string>,
  defaultRegion: string | undefined,
): ClusterAuth {
  const assumeRole = metadata[METADATA.assumeRole] ?? cluster.getOptionalString('assumeRole');
  const externalId = metadata[METADATA.externalId] ?? cluster.getOptionalString('externalId');
  const region =
    cluster.getOptionalString('region') ??
    metadata[METADATA.region] ??
    awsRegionOf(cluster.getString('url')) ??
    defaultRegion;
  if (!region) throw missing(cluster, `region or .authMetadata.'${METADATA.region}'`, 'aws');
  return {
    type: 'aws',
    clusterId: metadata[METADATA.clusterId] ?? cluster.getString('name'),
    region,
    ...(assumeRole && { assumeRole }),
    ...(externalId && { externalId }),
  };
}

const readTrimmed = async (file: string) => (await readFile(file, 'utf8')).trim();

const missing = (cluster: Config, key: string, neededBy: string) =>
  new InputError(
    `Cluster '${cluster.getString('name')}' lacks ${key} in kubernetes.clusterLocatorMethods: ${neededBy} needs it`,
  );
