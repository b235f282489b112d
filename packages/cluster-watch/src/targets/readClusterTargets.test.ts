import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readClusterTargets } from './readClusterTargets';

const EKS_URL = 'https://0A1B2C.gr7.eu-west-1.eks.amazonaws.com';

const read = (...methods: JsonObject[]) =>
  readClusterTargets(new ConfigReader({ kubernetes: { clusterLocatorMethods: methods } }), {
    awsRegion: undefined,
  });
const one = (cluster: JsonObject) =>
  read({ type: 'config', clusters: [{ name: 'eu', url: 'https://eu.example', ...cluster }] });
const authOf = (cluster: JsonObject) => one(cluster).targets[0].auth;

describe('readClusterTargets', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'targets-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads what plugin-kubernetes reads, and leaves alone what only that needs', () => {
    const { targets, warnings } = one({
      title: 'Europe',
      authProvider: 'serviceAccount',
      serviceAccountToken: 'secret-token',
      skipTLSVerify: true,
      skipMetricsLookup: true,
      caData: 'Q0E=',
      caFile: '/etc/ca.pem',
      dashboardUrl: 'https://dash.example',
      dashboardApp: 'standard',
      dashboardParameters: { region: 'x' },
      customResources: [{ group: 'g', apiVersion: 'v1', plural: 'ps' }],
    });
    expect(warnings).toEqual([]);
    expect(targets).toEqual([
      {
        name: 'eu',
        title: 'Europe',
        url: 'https://eu.example',
        tls: { caData: 'Q0E=', caFile: '/etc/ca.pem', skipVerify: true },
        auth: { type: 'service-account', token: expect.any(Function) },
        dashboardUrl: 'https://dash.example',
      },
    ]);
    expect(JSON.stringify(targets)).not.toContain('secret-token');
  });

  it('reads a service account token, and one in a file as the file is now', async () => {
    const fixed = authOf({ authProvider: 'serviceAccount', serviceAccountToken: 'abc' });
    expect(await (fixed as { token: () => Promise<string> }).token()).toBe('abc');

    const file = join(folder, 'token');
    const auth = authOf({ authProvider: 'serviceAccount', serviceAccountTokenFile: file });
    const { token } = auth as { token: () => Promise<string> };
    await expect(token()).rejects.toThrow('ENOENT');
    await writeFile(file, 'first\n');
    expect(await token()).toBe('first');
    await writeFile(file, 'second\n');
    expect(await token()).toBe('second');
  });

  it('reads client certificates from data and files, whatever the stock plugin authenticates with', async () => {
    const certFile = join(folder, 'client.crt');
    await writeFile(certFile, 'CERT');
    const auth = authOf({
      authProvider: 'serviceAccount',
      clientCertificate: { certFile, keyData: Buffer.from('KEY').toString('base64') },
    });
    expect(auth.type).toBe('client-certificate');
    const { certificate } = auth as { certificate: () => Promise<object> };
    expect(await certificate()).toEqual({ cert: 'CERT', key: 'KEY' });
  });

  it.each<[string, JsonObject, object]>([
    ['from the host', {}, { clusterId: 'eu', region: 'eu-west-1' }],
    ['from a key', { region: 'eu-north-1' }, { region: 'eu-north-1' }],
    [
      'from metadata, with role and cluster id',
      {
        authMetadata: {
          'kubernetes.io/auth-provider': 'aws',
          'kubernetes.io/aws-region': 'ap-south-1',
          'kubernetes.io/aws-assume-role': 'arn:aws:iam::1:role/r',
          'kubernetes.io/aws-external-id': 'x',
          'kubernetes.io/x-k8s-aws-id': 'Prod_EU',
        },
      },
      {
        clusterId: 'Prod_EU',
        region: 'ap-south-1',
        assumeRole: 'arn:aws:iam::1:role/r',
        externalId: 'x',
      },
    ],
    [
      'of a dual-stack endpoint',
      { url: 'https://0A1B.us-gov-west-1.api.aws' },
      { region: 'us-gov-west-1' },
    ],
    [
      'of an endpoint in China',
      { url: 'https://0A1B.yl4.cn-north-1.eks.amazonaws.com.cn' },
      { region: 'cn-north-1' },
    ],
  ])('knows the region of an EKS cluster %s', (_, cluster, expected) => {
    expect(authOf({ url: EKS_URL, authProvider: 'aws', ...cluster })).toMatchObject({
      type: 'aws',
      ...expected,
    });
  });

  it('reads kubectl proxy', () => {
    expect(read({ type: 'localKubectlProxy' }).targets).toMatchObject([
      { name: 'local', url: 'http://127.0.0.1:8001', auth: { type: 'none' } },
    ]);
  });

  it('reads no clusters where none are configured', () => {
    expect(readClusterTargets(new ConfigReader({}))).toEqual({ targets: [], warnings: [] });
  });

  it.each<[JsonObject, string]>([
    [{ type: 'gke', projectId: 'p' }, "type 'gke' is not collected"],
    [{ type: 'catalog' }, "type 'catalog' is not collected"],
    [
      { type: 'config', clusters: [{ name: 'a', url: 'https://a', authProvider: 'oidc' }] },
      "Cluster 'a' is not collected: authProvider 'oidc'",
    ],
  ])('warns in one line about %j', (method, text) => {
    const { targets, warnings } = read(method);
    expect(targets).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(text)]);
    expect(warnings[0]).not.toContain('\n');
  });

  it.each<[JsonObject, string]>([
    [{}, 'authProvider'],
    [{ authProvider: 'aws' }, 'region'],
    [{ authProvider: 'clientCertificate' }, 'clientCertificate'],
    [{ clientCertificate: { certData: 'x' } }, 'clientCertificate.keyData or .keyFile'],
    [{ url: 'eu.example:6443', authProvider: 'serviceAccount' }, 'url'],
    [{ url: 7, authProvider: 'serviceAccount' }, 'url'],
    [{ authProvider: 'serviceAccount', skipTLSVerify: 'perhaps' }, 'skipTLSVerify'],
  ])('refuses %j and names the key', (cluster, key) => {
    expect(() => one(cluster)).toThrow(key);
  });

  it('refuses two clusters of one name', () => {
    const cluster = { name: 'a', url: 'https://a', authProvider: 'serviceAccount' };
    expect(() => read({ type: 'config', clusters: [cluster, cluster] })).toThrow("named 'a'");
  });
});
