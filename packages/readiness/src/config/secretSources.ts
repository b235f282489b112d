import { groupOf, type ExternalSecret, type Graph, type KubeObject } from '@waymark/kube-graph';

/** Kinds that Waymark types and that hold or make a Secret: absent ones prove nothing unless all of them are known. */
export const SECRET_SOURCE_KINDS = ['Secret', 'ExternalSecret', 'SecretProviderClass'] as const;

/** An object that holds a Secret's data or makes the Secret in the cluster. */
export interface SecretSource {
  readonly source: KubeObject;
  /** Names only, never values. Undefined where the source does not tell. */
  readonly keys?: readonly string[];
}

export const secretSources = (
  graph: Graph,
  namespace: string,
  name: string,
): readonly SecretSource[] => [
  ...heldSecret(graph, namespace, name),
  ...externalSecrets(graph, namespace, name),
  ...syncedSecrets(graph, namespace, name),
  ...foreignSources(graph, namespace, name),
];

function heldSecret(graph: Graph, namespace: string, name: string): SecretSource[] {
  const secret = graph.get('Secret', namespace, name);
  if (!secret) return [];
  return [{ source: secret, keys: Object.keys({ ...secret.data, ...secret.stringData }) }];
}

/** Source: https://external-secrets.io/latest/api/externalsecret/ */
function externalSecrets(graph: Graph, namespace: string, name: string): SecretSource[] {
  return graph
    .all('ExternalSecret', namespace)
    .filter(({ metadata, spec }) => (spec?.target?.name ?? metadata.name) === name)
    .map(source => ({ source, ...(tellsKeys(source) && { keys: keysOf(source) }) }));
}

/** `dataFrom` copies whatever is in the store, a template renames it. */
const tellsKeys = ({ spec }: ExternalSecret) => !spec?.dataFrom?.length && !spec?.target?.template;

const keysOf = ({ spec }: ExternalSecret) => (spec?.data ?? []).map(({ secretKey }) => secretKey);

/** Source: https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret */
function syncedSecrets(graph: Graph, namespace: string, name: string): SecretSource[] {
  return graph
    .all('SecretProviderClass', namespace)
    .flatMap(source =>
      (source.spec?.secretObjects ?? [])
        .filter(({ secretName }) => secretName === name)
        .map(({ data = [] }) => ({ source, keys: data.map(({ key }) => key) })),
    );
}

interface ForeignSource extends KubeObject {
  readonly spec?: {
    readonly secretName?: string;
    readonly template?: { readonly metadata?: { readonly name?: string } };
  };
}

/** cert-manager's Certificate and Bitnami's SealedSecret. */
function foreignSources(graph: Graph, namespace: string, name: string): SecretSource[] {
  return graph
    .untyped(namespace)
    .filter((object: ForeignSource) => {
      const { apiVersion, kind, metadata, spec } = object;
      const group = groupOf(apiVersion);
      if (group === 'cert-manager.io' && kind === 'Certificate') return spec?.secretName === name;
      if (group !== 'bitnami.com' || kind !== 'SealedSecret') return false;
      return (spec?.template?.metadata?.name ?? metadata.name) === name;
    })
    .map(source => ({ source }));
}
