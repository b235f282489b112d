import { formatRef, podTemplateOf, podTemplateReads, refOf } from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from '../../engine';
import { foreignPolicies, policyTypes, type PolicyType } from '../../network';
import { templateLabelsPath } from '../../selection';
import { isLongRunning, LONG_RUNNING_KINDS } from '../../workload';

const DIRECTIONS = [
  ['Ingress', 'ingress'],
  ['Egress', 'egress'],
] as const satisfies readonly (readonly [PolicyType, string])[];

export const netpolMissing = defineRule({
  id: 'netpol-missing',
  title: 'No NetworkPolicy closes a direction of the pods',
  severity: 'warning',
  level: 'secure',
  kinds: [...LONG_RUNNING_KINDS],
  why: 'Whoever gets into any pod of the cluster reaches this one, and from here everything else.',
  remedy:
    'Add a NetworkPolicy that denies both directions by default (`policyTypes: [Ingress, Egress]`) and allow what is called and what calls.',
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
    'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
  ],
  params: {},
  reads: {
    ...podTemplateReads('/metadata/labels', '/spec/hostNetwork', '/spec/restartPolicy'),
    NetworkPolicy: { fields: ['/spec/podSelector', '/spec/policyTypes', '/spec/egress'] },
  },
  messages: {
    ingress: 'No NetworkPolicy selects {{workload}} for ingress: every pod may call it',
    egress: 'No NetworkPolicy selects {{workload}} for egress: it may call everything',
  },
  *check({ subject, graph }) {
    // Policies do not apply to pods that use the network of their node.
    if (!isLongRunning(subject) || podTemplateOf(subject).spec.hostNetwork) {
      yield notApplicable;
      return;
    }
    const policies = graph.networkPoliciesOf(subject);
    const open = DIRECTIONS.filter(
      ([type]) => !policies.some(policy => policyTypes(policy).includes(type)),
    );
    if (!open.length) return;
    const gap = gapIn(graph, 'NetworkPolicy');
    if (gap) {
      yield unknown(gap);
      return;
    }
    const [foreign] = foreignPolicies(graph, subject.metadata.namespace ?? '');
    if (foreign) {
      yield unknown({ kind: foreign.kind, coverage: { state: 'open' } });
      return;
    }
    for (const [type, code] of open) {
      yield fail({
        code,
        args: { workload: formatRef(refOf(subject)) },
        path: templateLabelsPath(subject),
        actual: podTemplateOf(subject).metadata?.labels,
        expected: `a NetworkPolicy of type ${type} that selects these labels`,
        related: policies.map(refOf),
      });
    }
  },
});
