import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsIdentity } from './AwsIdentities';
import type { ClusterCredentials } from './ClusterCredentials';
import { stsHostOf } from './stsHostOf';

/**
 * EKS accepts a token for 15 minutes from its date, whatever the URL says; a minute is kept for the way. The URL itself
 * is presigned for 60 seconds, as the verifying side demands of the parameter.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator pkg/token/token.go
 */
const USABLE_MS = 14 * 60_000;
const PRESIGNED_SECONDS = 60;

export interface PresignEksTokenInput {
  readonly clusterId: string;
  readonly region: string;
  readonly identity: AwsIdentity;
  readonly now: Date;
}

/** A bearer token for an EKS cluster: the presigned URL by which STS will tell the cluster who signed it. */
export async function presignEksToken({
  clusterId,
  region,
  identity,
  now,
}: PresignEksTokenInput): Promise<Required<Omit<ClusterCredentials, 'clientCertificate'>>> {
  const credentials = await identity();
  const host = stsHostOf(region);
  const signer = new SignatureV4({ credentials, region, service: 'sts', sha256: Sha256 });
  const { query = {} } = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: host,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host, 'x-k8s-aws-id': clusterId },
    },
    { expiresIn: PRESIGNED_SECONDS, signingDate: now },
  );
  const parameters = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  const url = `https://${host}/?${parameters.join('&')}`;
  return {
    bearerToken: `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`,
    expiresAt: new Date(
      Math.min(now.getTime() + USABLE_MS, credentials.expiration?.getTime() ?? Infinity),
    ),
  };
}
