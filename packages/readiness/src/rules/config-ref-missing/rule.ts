import {
  configReferences,
  type ConfigReference,
  type Graph,
  type KubeObject,
  podTemplateReads,
  refOf,
  WORKLOAD_KINDS,
  type Workload,
} from '@waymark/kube-graph';
import { placeOf, SECRET_SOURCE_KINDS, secretSources } from '../../config';
import { defineRule, fail, type Gap, gapIn, notApplicable, unknown } from '../../engine';

export const configRefMissing = defineRule({
  id: 'config-ref-missing',
  title: 'A container needs a ConfigMap, a Secret or a key that does not exist',
  severity: 'error',
  level: 'deployable',
  kinds: [...WORKLOAD_KINDS],
  why: 'The pod never starts: it waits in CreateContainerConfigError, or for a volume that cannot be mounted. One letter in a key is enough.',
  remedy:
    'Create the object or the key, correct the name, or set `optional: true` where the container can do without.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/configmap/#configmaps-and-pods',
    'https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret',
  ],
  params: {
    // Written into every namespace by Kubernetes itself and by Istio.
    published: ['kube-root-ca.crt', 'istio-ca-root-cert'] as readonly string[],
  },
  reads: {
    ...podTemplateReads(
      '/spec/containers/name',
      '/spec/containers/env/valueFrom',
      '/spec/containers/envFrom',
      '/spec/initContainers/name',
      '/spec/initContainers/env/valueFrom',
      '/spec/initContainers/envFrom',
      '/spec/volumes',
    ),
    ConfigMap: { fields: [], keysOf: ['/data', '/binaryData'] },
    // Secrets of a cluster are never requested: there, a Secret that none of these makes is unknown.
    ExternalSecret: {
      fields: ['/spec/target', '/spec/data/secretKey', '/spec/dataFrom'],
    },
    SecretProviderClass: { fields: ['/spec/secretObjects'] },
  },
  messages: {
    missing: '{{place}} needs {{object}}, which does not exist',
    'key-missing': '{{place}} needs key {{key}} of {{object}}, which has {{keys}}',
  },
  *check({ subject, graph, params }) {
    const required = configReferences(subject).filter(
      ({ kind, name, optional }) =>
        !optional && !(kind === 'ConfigMap' && params.published.includes(name)),
    );
    if (!required.length) yield notApplicable;
    const gaps = new Map<string, Gap>();
    for (const reference of required) {
      const holders = holdersOf(reference, subject, graph);
      const { kind, name, key, path } = reference;
      if (holders.some(({ keys }) => !key || !keys || keys.includes(key))) continue;
      const gap = gapFor(reference, holders.length > 0, graph);
      if (gap) {
        gaps.set(gap.kind, gap);
        continue;
      }
      const place = placeOf(subject, path);
      const object = `${kind}/${name}`;
      yield fail(
        holders.length
          ? {
              code: 'key-missing',
              args: { place, object, key: key!, keys: listed(holders.flatMap(h => h.keys ?? [])) },
              path: `${path}/key`,
              actual: key,
              expected: holders.flatMap(({ keys = [] }) => keys),
              related: holders.map(({ source }) => refOf(source)),
            }
          : { code: 'missing', args: { place, object }, path, actual: name },
      );
    }
    for (const gap of gaps.values()) yield unknown(gap);
  },
});

interface Holder {
  readonly source: KubeObject;
  readonly keys?: readonly string[];
}

function holdersOf(
  { kind, name }: ConfigReference,
  { metadata: { namespace = '' } }: Workload,
  graph: Graph,
): readonly Holder[] {
  if (kind === 'Secret') return secretSources(graph, namespace, name);
  const map = graph.get('ConfigMap', namespace, name);
  return map ? [{ source: map, keys: Object.keys({ ...map.data, ...map.binaryData }) }] : [];
}

/** A ConfigMap that is there has the keys that it has; a Secret may be filled by several sources. */
function gapFor({ kind }: ConfigReference, found: boolean, graph: Graph): Gap | undefined {
  if (kind === 'Secret') return gapIn(graph, ...SECRET_SOURCE_KINDS);
  return found ? undefined : gapIn(graph, 'ConfigMap');
}

const SHOWN_KEYS = 8;

function listed(keys: readonly string[]): string {
  if (!keys.length) return 'no keys';
  const shown = keys.slice(0, SHOWN_KEYS).join(', ');
  return keys.length > SHOWN_KEYS ? `${shown} and ${keys.length - SHOWN_KEYS} more` : shown;
}
