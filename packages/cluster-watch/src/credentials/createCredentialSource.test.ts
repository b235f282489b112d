import { createHash, createHmac } from 'node:crypto';
import { ManualClock } from '../clock';
import type { ClusterAuth } from '../targets';
import { AwsIdentities, type AwsCredentials, type AwsIdentityInput } from './AwsIdentities';
import { createCredentialSource } from './createCredentialSource';

const KEYS: AwsCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'session+token/=',
};
const EKS: ClusterAuth = { type: 'aws', clusterId: 'Prod_EU', region: 'eu-west-1' };

/** Signature Version 4, written down from AWS's description and not from the library under test. */
function signatureOf(url: URL, headers: Record<string, string>, secret: string): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .sort();
  const names = Object.keys(headers).sort();
  const canonical = [
    'GET',
    '/',
    query.join('&'),
    ...names.map(name => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    createHash('sha256').update('').digest('hex'),
  ].join('\n');
  const [, date, region, service, end] = url.searchParams.get('X-Amz-Credential')!.split('/');
  const text = [
    'AWS4-HMAC-SHA256',
    url.searchParams.get('X-Amz-Date'),
    [date, region, service, end].join('/'),
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const hmac = (key: string | Buffer, data: string) =>
    createHmac('sha256', key).update(data).digest();
  const key = [region, service, end].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, date));
  return createHmac('sha256', key).update(text).digest('hex');
}

const strict = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const urlOf = (token: string) =>
  new URL(Buffer.from(token.replace(/^k8s-aws-v1\./, ''), 'base64url').toString());

describe('createCredentialSource', () => {
  const clock = new ManualClock('2026-11-21T10:00:00Z');
  const identify = jest.fn<Promise<AwsCredentials>, []>();
  const create = jest.fn((_: AwsIdentityInput) => identify);
  let identities: AwsIdentities;

  beforeEach(() => {
    jest.clearAllMocks();
    identify.mockResolvedValue(KEYS);
    identities = new AwsIdentities({ create, clock });
  });

  const source = (auth: ClusterAuth) =>
    createCredentialSource({ auth }, { clock, awsIdentities: identities });

  it('signs an EKS token that STS will accept', async () => {
    const { bearerToken, expiresAt } = await source(EKS).get();
    expect(bearerToken).toMatch(/^k8s-aws-v1\.[\w-]+$/);
    const url = urlOf(bearerToken!);
    expect(url.host).toBe('sts.eu-west-1.amazonaws.com');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIDEXAMPLE/20261121/eu-west-1/sts/aws4_request',
      'X-Amz-Date': '20261121T100000Z',
      'X-Amz-Expires': '60',
      'X-Amz-Security-Token': 'session+token/=',
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
      'X-Amz-Signature': signatureOf(
        url,
        { host: url.host, 'x-k8s-aws-id': 'Prod_EU' },
        KEYS.secretAccessKey,
      ),
    });
    expect(expiresAt).toEqual(new Date('2026-11-21T10:14:00Z'));
  });

  it.each([
    ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
    ['us-iso-east-1', 'sts.us-iso-east-1.c2s.ic.gov'],
    ['eusc-de-east-1', 'sts.eusc-de-east-1.amazonaws.eu'],
  ])('asks the STS of the partition of %s', async (region, host) => {
    const { bearerToken } = await source({ ...EKS, region }).get();
    expect(urlOf(bearerToken!).host).toBe(host);
  });

  it('keeps a token for 14 minutes, shares one request and asks anew after a refusal', async () => {
    const credentials = source(EKS);
    const [first, second] = await Promise.all([credentials.get(), credentials.get()]);
    expect(second).toBe(first);
    clock.advance(14 * 60_000 - 1);
    expect(await credentials.get()).toBe(first);
    clock.advance(1);
    const third = await credentials.get();
    expect(third).not.toBe(first);
    credentials.invalidate();
    expect(await credentials.get()).not.toBe(third);
  });

  it('does not keep a token longer than the credentials that signed it', async () => {
    const expiration = new Date(clock.now() + 6 * 60_000);
    identify.mockResolvedValue({ ...KEYS, expiration });
    expect((await source(EKS).get()).expiresAt).toEqual(expiration);
  });

  it('assumes a role once for all clusters of a region', async () => {
    const role = { assumeRole: 'arn:aws:iam::1:role/r', externalId: 'x' };
    const expiration = new Date(clock.now() + 60 * 60_000);
    identify.mockResolvedValue({ ...KEYS, expiration });
    await Promise.all([
      source({ ...EKS, ...role }).get(),
      source({ ...EKS, ...role, clusterId: 'other' }).get(),
    ]);
    expect(create.mock.calls).toEqual([[{ region: 'eu-west-1', ...role }]]);
    expect(identify).toHaveBeenCalledTimes(1);
    clock.advance(55 * 60_000);
    await source({ ...EKS, ...role }).get();
    expect(identify).toHaveBeenCalledTimes(2);
  });

  it('does not keep a failure', async () => {
    identify.mockRejectedValueOnce(new Error('AccessDenied'));
    const credentials = source(EKS);
    await expect(credentials.get()).rejects.toThrow('AccessDenied');
    await expect(credentials.get()).resolves.toHaveProperty('bearerToken');
  });

  it('hands out tokens and certificates as they are', async () => {
    const token = async () => 'abc';
    expect(await source({ type: 'service-account', token }).get()).toEqual({ bearerToken: 'abc' });
    const pair = { cert: 'C', key: 'K' };
    expect(
      await source({ type: 'client-certificate', certificate: async () => pair }).get(),
    ).toEqual({ clientCertificate: pair });
    expect(await source({ type: 'none' }).get()).toEqual({});
  });
});
