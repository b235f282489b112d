import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { systemClock, type Clock } from '../clock';
import { Renewed } from './Renewed';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type AwsIdentity = () => Promise<AwsCredentials>;

export interface AwsIdentityInput {
  readonly region: string;
  readonly assumeRole?: string;
  readonly externalId?: string;
}

/** Temporary credentials are replaced this long before they end: five minutes, as the AWS SDK does for its own calls. */
const EARLY_MS = 5 * 60_000;

export interface AwsIdentitiesOptions {
  readonly create?: (input: AwsIdentityInput) => AwsIdentity;
  readonly clock?: Clock;
}

/**
 * Who we are in AWS: one identity and one STS client per region and role. Without a role it is the SDK's default chain:
 * environment, Pod Identity, IRSA, instance profile.
 */
export class AwsIdentities {
  readonly #create: (input: AwsIdentityInput) => AwsIdentity;
  readonly #clock: Clock;
  readonly #identities = new Map<string, Renewed<AwsCredentials>>();

  constructor({ create = sdkIdentity, clock = systemClock }: AwsIdentitiesOptions = {}) {
    this.#create = create;
    this.#clock = clock;
  }

  get({ region, assumeRole, externalId }: AwsIdentityInput): AwsIdentity {
    const key = JSON.stringify([region, assumeRole, externalId]);
    let identity = this.#identities.get(key);
    if (!identity) {
      identity = new Renewed({
        request: this.#create({ region, assumeRole, externalId }),
        endOf: ({ expiration }) => expiration && expiration.getTime() - EARLY_MS,
        clock: this.#clock,
      });
      this.#identities.set(key, identity);
    }
    const shared = identity;
    return () => shared.get();
  }
}

function sdkIdentity({ region, assumeRole, externalId }: AwsIdentityInput): AwsIdentity {
  const own = fromNodeProviderChain({ clientConfig: { region } });
  if (!assumeRole) return own;
  return fromTemporaryCredentials({
    masterCredentials: own,
    clientConfig: { region },
    params: { RoleArn: assumeRole, ExternalId: externalId, RoleSessionName: 'waymark' },
  });
}
