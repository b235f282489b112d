import { systemClock, type Clock } from '../clock';
import type { ClusterTarget } from '../targets/ClusterTarget';
import { AwsIdentities } from './AwsIdentities';
import type { ClusterCredentials, CredentialSource } from './ClusterCredentials';
import { presignEksToken } from './presignEksToken';
import { Renewed } from './Renewed';

export interface CreateCredentialSourceOptions {
  readonly clock?: Clock;
  /** Shared by all clusters, so that those of one region and role share one STS client. */
  readonly awsIdentities?: AwsIdentities;
}

/** The credentials of one cluster, by the way its target names. */
export function createCredentialSource(
  { auth }: Pick<ClusterTarget, 'auth'>,
  { clock = systemClock, awsIdentities = new AwsIdentities() }: CreateCredentialSourceOptions = {},
): CredentialSource {
  switch (auth.type) {
    case 'none':
      return asked(async () => ({}));
    case 'service-account':
      return asked(async () => ({ bearerToken: await auth.token() }));
    case 'client-certificate':
      return asked(async () => ({ clientCertificate: await auth.certificate() }));
    case 'aws': {
      const identity = awsIdentities.get(auth);
      const request = () =>
        presignEksToken({
          clusterId: auth.clusterId,
          region: auth.region,
          identity,
          now: new Date(clock.now()),
        });
      return new Renewed({ request, endOf: ({ expiresAt }) => expiresAt.getTime(), clock });
    }
    default:
      return auth satisfies never;
  }
}

/** What costs nothing to ask is asked each time, so that a replaced file is seen at once. */
const asked = (get: () => Promise<ClusterCredentials>): CredentialSource => ({
  get,
  invalidate: () => undefined,
});
