import {
  formatRef,
  formatSelector,
  matchesLabels,
  podTemplateOf,
  refOf,
  selectorOf,
  type Graph,
  type LabelSelector,
  type Workload,
} from '@waymark/kube-graph';
import { defineRule, fail, gapIn, unknown, type PatchOperation } from '../../engine';

/** Workloads whose controllers own pods by selector. A Job's selector is made by its controller. */
const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'] as const;

export const selectorTemplateMismatch = defineRule({
  id: 'selector-template-mismatch',
  title: 'A selector misses its own pods or claims those of another workload',
  severity: 'error',
  level: 'deployable',
  kinds: KINDS,
  why: 'The API server refuses a workload whose selector does not match its own template. Two workloads that match the same pods are counted, scaled and measured as one: autoscalers stop with AmbiguousSelector.',
  remedy:
    'Make `spec.selector.matchLabels` equal to labels of the template, and add a label that only this workload has, such as `app.kubernetes.io/instance`.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],
  params: {},
  reads: {},
  messages: {
    empty: '{{workload}} has no selector: the API server refuses it',
    mismatch:
      'The selector of {{workload}} ({{selector}}) does not match the labels of its own template',
    'selects-others':
      'The selector of {{workload}} ({{selector}}) also matches the pods of {{other}}',
    'selected-by-others':
      'The selector of {{other}} ({{selector}}) also matches the pods of {{workload}}',
  },
  *check({ subject, graph }) {
    const workload = formatRef(refOf(subject));
    const selector = selectorOf(subject);
    if (!selector || isEmpty(selector)) {
      const path = '/spec/selector';
      yield fail({ code: 'empty', args: { workload }, path, actual: selector });
      return;
    }
    const labels = podTemplateOf(subject).metadata?.labels ?? {};
    if (!matchesLabels(selector, labels)) {
      yield fail({
        code: 'mismatch',
        args: { workload, selector: formatSelector(selector) },
        path: '/spec/template/metadata/labels',
        actual: labels,
        expected: selector,
        ...(!selector.matchExpressions?.length && { fix: labelsFor(selector, subject) }),
      });
      return;
    }
    const overlaps = overlapsOf(subject, selector, graph);
    for (const { other, code, by } of overlaps) {
      yield fail({
        code,
        args: { workload, other: formatRef(refOf(other)), selector: formatSelector(by) },
        path: '/spec/selector',
        key: formatRef(refOf(other)),
        actual: selector,
        expected: 'labels that no other workload has',
        related: [refOf(other)],
      });
    }
    const gap = overlaps.length ? undefined : gapIn(graph, ...KINDS);
    if (gap) yield unknown(gap);
  },
});

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector) =>
  !Object.keys(matchLabels).length && !matchExpressions.length;

/** Other workloads that share pods with this one by selector, in either direction, each named once. */
function overlapsOf(subject: Workload, selector: LabelSelector, graph: Graph) {
  const namespace = subject.metadata.namespace ?? '';
  const labels = podTemplateOf(subject).metadata?.labels ?? {};
  const isOther = (other: Workload) =>
    other !== subject && (KINDS as readonly string[]).includes(other.kind);
  const selected = graph.workloadsMatching(namespace, selector).filter(isOther);
  const selecting = graph
    .workloadsSelecting(namespace, labels)
    .filter(other => isOther(other) && !selected.includes(other));
  return [
    ...selected.map(other => ({ other, code: 'selects-others' as const, by: selector })),
    ...selecting.map(other => ({
      other,
      code: 'selected-by-others' as const,
      by: selectorOf(other),
    })),
  ];
}

/** The template gets the labels, for a selector cannot be changed once it is applied. */
function labelsFor({ matchLabels = {} }: LabelSelector, workload: Workload): PatchOperation[] {
  const { metadata } = podTemplateOf(workload);
  const labels = { ...metadata?.labels, ...matchLabels };
  return metadata
    ? [{ op: 'add', path: '/spec/template/metadata/labels', value: labels }]
    : [{ op: 'add', path: '/spec/template/metadata', value: { labels } }];
}
