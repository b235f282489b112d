import {
  formatRef,
  podTemplateOf,
  podTemplateReads,
  refOf,
  WORKLOAD_KINDS,
} from '@waymark/kube-graph';
import { defineRule, fail, gapIn, type Gap, notApplicable, unknown } from '../../engine';
import {
  anyReach,
  type ClusterDns,
  dnsReach,
  foreignPolicies,
  policyTypes,
  type Reach,
} from '../../network';
import { templateLabelsPath } from '../../selection';

export const netpolDnsEgressMissing = defineRule({
  id: 'netpol-dns-egress-missing',
  title: 'Network policies keep pods from the cluster DNS',
  severity: 'error',
  level: 'deployable',
  kinds: [...WORKLOAD_KINDS],
  why: 'Without DNS no name resolves: every call of the service fails with "no such host", its database included. Without TCP, answers longer than 512 bytes fail.',
  remedy:
    'Add an egress rule to port 53, UDP and TCP, for pods `k8s-app: kube-dns` in the namespace `kubernetes.io/metadata.name: kube-system`. Where DNS answers on the node (EKS Auto Mode, NodeLocal DNSCache), allow its address with an `ipBlock`.',
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic',
    'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
    'https://www.rfc-editor.org/rfc/rfc7766#section-5',
  ],
  params: {
    // Of EKS's two default Service ranges: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
    dnsAddresses: ['10.100.0.10', '172.20.0.10'] as readonly string[],
    nodeLocalDns: false,
  },
  reads: {
    ...podTemplateReads('/metadata/labels', '/spec/hostNetwork'),
    NetworkPolicy: { fields: ['/spec/podSelector', '/spec/policyTypes', '/spec/egress'] },
    Namespace: { fields: [] },
    Service: { fields: ['/spec/clusterIP'] },
  },
  messages: {
    dns: '{{policies}} closes egress of {{workload}}, and no rule allows port 53 (UDP and TCP) to the cluster DNS',
    udp: '{{policies}} closes egress of {{workload}}, and no rule allows UDP 53 to the cluster DNS',
    tcp: '{{policies}} closes egress of {{workload}}, and no rule allows TCP 53 to the cluster DNS: long answers fail',
  },
  *check({ subject, graph, params }) {
    const policies = graph
      .networkPoliciesOf(subject)
      .filter(policy => policyTypes(policy).includes('Egress'));
    if (podTemplateOf(subject).spec.hostNetwork) {
      yield notApplicable;
      return;
    }
    const [foreign] = foreignPolicies(graph, subject.metadata.namespace ?? '');
    const gap = gapIn(graph, 'NetworkPolicy') ?? (foreign && notJudged(foreign.kind));
    if (!policies.length) {
      yield gap ? unknown(gap) : notApplicable;
      return;
    }
    const dns: ClusterDns = {
      graph,
      addresses: params.dnsAddresses,
      nodeLocal: params.nodeLocalDns,
    };
    const udp = anyReach(policies.map(policy => dnsReach(policy, 'UDP', dns)));
    const tcp = anyReach(policies.map(policy => dnsReach(policy, 'TCP', dns)));
    if (udp === true && tcp === true) return;
    const undecided = udp === true ? tcp : udp;
    if (gap || undecided) {
      yield unknown(gap ?? notJudged(String(undecided)));
      return;
    }
    const code = codeOf(udp, tcp);
    yield fail({
      code,
      ...(code === 'tcp' && { severity: 'warning' }),
      args: {
        workload: formatRef(refOf(subject)),
        policies: policies.map(policy => formatRef(refOf(policy))).join(', '),
      },
      path: templateLabelsPath(subject),
      actual: podTemplateOf(subject).metadata?.labels,
      expected: 'an egress rule to port 53, UDP and TCP',
      related: policies.map(refOf),
    });
  },
});

/** Objects of the kind that lie outside of what is judged would tell. */
const notJudged = (kind: string): Gap => ({ kind, coverage: { state: 'open' } });

function codeOf(udp: Reach, tcp: Reach) {
  if (udp === true) return 'tcp';
  return tcp === false ? 'dns' : 'udp';
}
