import type { Secret } from '@waymark/kube-graph';
import { defineRule, fail, notApplicable } from '../../engine';

export const secretInGit = defineRule({
  id: 'secret-in-git',
  title: 'A manifest holds the values of a Secret',
  severity: 'error',
  level: 'secure',
  kinds: ['Secret'],
  why: 'Everybody who may read the repository, its forks or its history has the secret, and base64 is not encryption. It can only be rotated by a commit.',
  remedy:
    'Keep the value in AWS Secrets Manager and name it in a SecretProviderClass or an ExternalSecret. Rotate the value: it stays in the history.',
  sources: [
    'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
    'https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
  ],
  params: {},
  // Secrets of a cluster are never requested.
  reads: {},
  manifestOnly: true,
  messages: {
    literal: 'Secret/{{secret}} holds {{keys}} in plain or base64 text',
    'wrong-type':
      'Secret/{{secret}} has key {{keys}} and type {{type}}: only type {{expected}} is read as that',
  },
  *check({ subject }) {
    const keys = keysWithValue(subject);
    if (isWrittenByController(subject) || !Object.keys(entriesOf(subject)).length) {
      yield notApplicable;
      return;
    }
    const { type = 'Opaque', metadata } = subject;
    if (keys.length) {
      yield fail({
        code: 'literal',
        args: { secret: metadata.name, keys: keys.join(', ') },
        path: Object.hasOwn(subject.stringData ?? {}, keys[0]) ? '/stringData' : '/data',
        actual: keys,
        expected: 'no values',
      });
    }
    const expected = typeFor(Object.keys(entriesOf(subject)));
    if (expected && type === 'Opaque') {
      yield fail({
        code: 'wrong-type',
        args: {
          secret: metadata.name,
          keys: expected.keys.join(', '),
          type,
          expected: expected.type,
        },
        path: '/type',
        actual: type,
        expected: expected.type,
        fix: [{ op: 'add', path: '/type', value: expected.type }],
      });
    }
  },
});

const entriesOf = ({ data, stringData }: Secret): Readonly<Record<string, unknown>> => ({
  ...data,
  ...stringData,
});

/** SOPS leaves keys readable and encrypts each value. Source: https://getsops.io/docs/#sops-file-format */
const keysWithValue = (secret: Secret) =>
  Object.entries(entriesOf(secret))
    .filter(([, value]) => value !== '' && !String(value).startsWith('ENC['))
    .map(([key]) => key);

/**
 * External Secrets, Sealed Secrets and the Secrets Store CSI driver own what they write.
 * Sources: https://external-secrets.io/latest/guides/ownership-deletion-policy/,
 * https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret
 */
const isWrittenByController = ({ metadata }: Secret) =>
  Boolean(metadata.ownerReferences?.length) ||
  metadata.labels?.['secrets-store.csi.k8s.io/managed'] === 'true' ||
  metadata.labels?.['reconcile.external-secrets.io/managed'] === 'true';

const TYPES = [
  { type: 'kubernetes.io/tls', keys: ['tls.crt', 'tls.key'] },
  { type: 'kubernetes.io/dockerconfigjson', keys: ['.dockerconfigjson'] },
] as const;

const typeFor = (present: readonly string[]) =>
  TYPES.find(({ keys }) => keys.every(key => present.includes(key)));
