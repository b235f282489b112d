import {
  type Graph,
  type Labels,
  type LabelSelector,
  matchesLabels,
  type NetworkPolicy,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  podTemplateOf,
} from '@waymark/kube-graph';
import { cidrContains } from './cidr';

/** Allowed or not, or the kind whose objects would tell. */
export type Reach = boolean | 'Namespace' | 'Service';

export interface ClusterDns {
  readonly graph: Graph;
  /** Where DNS answers when the cluster's own Service is not among the objects. */
  readonly addresses: readonly string[];
  /** DNS answers on the node (EKS Auto Mode, NodeLocal DNSCache): no pod selector finds it. */
  readonly nodeLocal: boolean;
}

const NAMESPACE = 'kube-system';
/** Labels and port names of the DNS pods in every distribution, EKS included. Source: https://github.com/coredns/deployment */
const POD_LABELS: Labels = { 'k8s-app': 'kube-dns' };
const PORT_NAMES = { UDP: 'dns', TCP: 'dns-tcp' } as const;

/** Whether the egress rules of a policy let requests to port 53 of the cluster's DNS out. */
export function dnsReach(policy: NetworkPolicy, protocol: 'UDP' | 'TCP', dns: ClusterDns): Reach {
  return anyReach(
    (policy.spec.egress ?? []).flatMap(({ to = [], ports = [] }): Reach[] => {
      const matching = ports.filter(port => allowsDnsPort(port, protocol));
      if (ports.length && !matching.length) return [false];
      if (!to.length) return [true];
      return to.map(peer =>
        peer.ipBlock
          ? blockReach(peer.ipBlock, matching.length > 0, dns)
          : selectorReach(peer, policy.metadata.namespace, dns),
      );
    }),
  );
}

/** The best of several: one that allows is enough. */
export function anyReach(reaches: readonly Reach[]): Reach {
  if (reaches.includes(true)) return true;
  return reaches.find(reach => reach !== false) ?? false;
}

function allowsDnsPort(
  { port, endPort, protocol = 'TCP' }: NetworkPolicyPort,
  wanted: 'UDP' | 'TCP',
): boolean {
  if (protocol !== wanted) return false;
  if (port === undefined) return true;
  if (typeof port === 'string') return port === PORT_NAMES[wanted];
  return port === 53 || (endPort !== undefined && port < 53 && endPort >= 53);
}

/** A block that names port 53 is meant for DNS, at an address that we may not know. */
function blockReach(
  { cidr = '', except = [] }: Partial<NonNullable<NetworkPolicyPeer['ipBlock']>>,
  namesPort: boolean,
  { graph, addresses }: ClusterDns,
): Reach {
  const known = graph.get('Service', NAMESPACE, 'kube-dns')?.spec?.clusterIP;
  const candidates = known ? [known] : addresses;
  const held = candidates.filter(
    address => cidrContains(cidr, address) && !except.some(hole => cidrContains(hole, address)),
  );
  if (held.length && held.length === candidates.length) return true;
  return held.length || namesPort ? 'Service' : false;
}

function selectorReach(
  { namespaceSelector, podSelector }: NetworkPolicyPeer,
  ownNamespace: string | undefined,
  { graph, nodeLocal }: ClusterDns,
): Reach {
  if (nodeLocal) return false;
  const namespace = namespaceSelector
    ? namespaceReach(namespaceSelector, graph)
    : ownNamespace === NAMESPACE;
  const pods = podSelector ? podReach(podSelector, graph) : true;
  if (namespace === false || pods === false) return false;
  return namespace === true ? pods : namespace;
}

/** Every Namespace carries its own name as a label; its other labels are known only when it is among the objects. */
function namespaceReach(selector: LabelSelector, graph: Graph): Reach {
  const object = graph.get('Namespace', undefined, NAMESPACE);
  const labels = { ...object?.metadata.labels, 'kubernetes.io/metadata.name': NAMESPACE };
  return labelReach(selector, labels, object !== undefined);
}

function podReach(selector: LabelSelector, graph: Graph): Reach {
  const [server] = graph.workloadsMatching(NAMESPACE, { matchLabels: POD_LABELS });
  const labels = server ? podTemplateOf(server).metadata?.labels : POD_LABELS;
  return labelReach(selector, labels ?? POD_LABELS, server !== undefined);
}

/** A selector on labels of which perhaps only some are known. */
function labelReach(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Labels,
  complete: boolean,
): Reach {
  const isKnown = (key: string) => complete || key in labels;
  const knownPairs = Object.entries(matchLabels).filter(([key]) => isKnown(key));
  const knownExpressions = matchExpressions.filter(({ key }) => isKnown(key));
  const known = {
    matchLabels: Object.fromEntries(knownPairs),
    matchExpressions: knownExpressions,
  };
  if (!matchesLabels(known, labels)) return false;
  const all =
    knownPairs.length === Object.keys(matchLabels).length &&
    knownExpressions.length === matchExpressions.length;
  return all || 'Namespace';
}
