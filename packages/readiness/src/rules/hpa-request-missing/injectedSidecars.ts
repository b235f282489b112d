import { podTemplateOf, type FieldPath, type Graph, type Workload } from '@waymark/kube-graph';

/** A sidecar that admission adds to the pods and the template does not show. */
export interface InjectedSidecar {
  readonly name: string;
  /**
   * Whether it gets a request of a resource: its annotations say so, its mesh's defaults say so, or only the live pods can
   * tell.
   */
  readonly requests: (resource: string) => 'set' | 'unset' | 'unknown';
}

/** Annotations by which a mesh's sidecar is asked for and sized. */
interface Mesh {
  readonly name: string;
  readonly sizes: (resource: string) => readonly string[];
}

const LINKERD: Mesh = {
  name: 'linkerd-proxy',
  sizes: resource => [
    `config.linkerd.io/proxy-${resource}-request`,
    `config.linkerd.io/proxy-${resource}-limit`,
  ],
};
const DAPR: Mesh = {
  name: 'daprd',
  sizes: resource => [`dapr.io/sidecar-${resource}-request`, `dapr.io/sidecar-${resource}-limit`],
};
const ISTIO: Mesh = {
  name: 'istio-proxy',
  sizes: resource => {
    const name = resource === 'cpu' ? 'CPU' : 'Memory';
    return [`sidecar.istio.io/proxy${name}`, `sidecar.istio.io/proxy${name}Limit`];
  },
};
const LINKERD_INJECT = 'linkerd.io/inject';
const DAPR_ENABLED = 'dapr.io/enabled';
const ISTIO_INJECT = 'sidecar.istio.io/inject';

const pointer = (name: string): FieldPath => `/metadata/annotations/${name.replace('/', '~1')}`;
const sizesOf = (mesh: Mesh) => [...mesh.sizes('cpu'), ...mesh.sizes('memory')];

/** The annotations that decide, of the pod template and of its Namespace. */
export const injectionPaths: readonly FieldPath[] = [
  LINKERD_INJECT,
  DAPR_ENABLED,
  ISTIO_INJECT,
  ...[LINKERD, DAPR, ISTIO].flatMap(sizesOf),
].map(pointer);

/**
 * The sidecars that Istio, Linkerd and Dapr add to a workload, asked for on the template or on its Namespace.
 * Sources: https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/,
 * https://linkerd.io/2/features/proxy-injection/, https://docs.dapr.io/reference/arguments-annotations-overview/
 */
export function injectedSidecars(workload: Workload, graph: Graph): InjectedSidecar[] {
  const { labels = {}, annotations = {} } = podTemplateOf(workload).metadata ?? {};
  const space = graph.get('Namespace', undefined, workload.metadata.namespace ?? '')?.metadata;
  const inherited = { ...space?.annotations, ...annotations };
  return [
    ...(isMeshed(labels[ISTIO_INJECT] ?? annotations[ISTIO_INJECT], space?.labels)
      ? [istio(annotations)]
      : []),
    ...(['enabled', 'ingress'].includes(inherited[LINKERD_INJECT])
      ? [annotated(LINKERD, inherited)]
      : []),
    ...(annotations[DAPR_ENABLED] === 'true' ? [annotated(DAPR, annotations)] : []),
  ];
}

const isMeshed = (own: string | undefined, namespace: Record<string, string> = {}) =>
  own === 'true' ||
  (own !== 'false' &&
    namespace['istio-injection'] !== 'disabled' &&
    (namespace['istio-injection'] === 'enabled' || 'istio.io/rev' in namespace));

/**
 * Istio's proxy requests cpu and memory by default, but one annotation about either switches all defaults off.
 * Source: `resources` of https://github.com/istio/istio/blob/1.28.0/manifests/charts/istio-control/istio-discovery/files/injection-template.yaml
 */
function istio(annotations: Readonly<Record<string, string>>): InjectedSidecar {
  const sized = sizesOf(ISTIO).some(name => name in annotations);
  return {
    name: ISTIO.name,
    requests: resource =>
      !sized || ISTIO.sizes(resource).some(name => name in annotations) ? 'set' : 'unset',
  };
}

/** What an installation sets for all its proxies is not in the manifests. */
const annotated = (
  { name, sizes }: Mesh,
  annotations: Readonly<Record<string, string>>,
): InjectedSidecar => ({
  name,
  requests: resource => (sizes(resource).some(size => size in annotations) ? 'set' : 'unknown'),
});
