import {
  formatRef,
  formatSelector,
  type Graph,
  type PodDisruptionBudget,
  podTemplateReads,
  refOf,
  WORKLOAD_KINDS,
} from '@waymark/kube-graph';
import { defineRule, fail, gapIn, type Outcome, unknown } from '../../engine';
import { selectsPods } from '../../selection';

type Code = 'selects-nothing' | 'both-fields' | 'neither-field' | 'overlap' | 'unhealthy-pods-stay';

export const pdbIneffective = defineRule({
  id: 'pdb-ineffective',
  title: 'A PodDisruptionBudget does not do its work',
  severity: 'error',
  level: 'resilient',
  kinds: ['PodDisruptionBudget'],
  why: 'A budget that selects no pod protects none; one that the API server refuses is not there; a second one on the same pod makes every eviction an error.',
  remedy:
    'One budget for each workload, with the selector of the workload, `maxUnavailable: 1` alone, and `unhealthyPodEvictionPolicy: AlwaysAllow`.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/#how-api-initiated-eviction-works',
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy',
  ],
  params: {},
  reads: {
    ...podTemplateReads('/metadata/labels'),
    PodDisruptionBudget: {
      fields: [
        '/spec/selector',
        '/spec/minAvailable',
        '/spec/maxUnavailable',
        '/spec/unhealthyPodEvictionPolicy',
      ],
    },
  },
  messages: {
    'selects-nothing':
      '{{budget}} selects {{selector}}, and no pod of its namespace has these labels',
    'both-fields': '{{budget}} sets minAvailable and maxUnavailable: the API server refuses it',
    'neither-field': '{{budget}} sets neither minAvailable nor maxUnavailable',
    overlap: '{{budget}} and {{other}} select the pods of {{workload}}: every eviction is an error',
    'unhealthy-pods-stay':
      '{{budget}} does not set unhealthyPodEvictionPolicy AlwaysAllow: pods that never become ready block a drain',
  },
  *check({ subject, graph }) {
    yield* selectionOutcomes(subject, graph);
    yield* fieldOutcomes(subject);
    yield* overlapOutcomes(subject, graph);
    if (subject.spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return;
    yield fail({
      code: 'unhealthy-pods-stay',
      severity: 'advice',
      args: { budget: formatRef(refOf(subject)) },
      path: '/spec/unhealthyPodEvictionPolicy',
      actual: subject.spec?.unhealthyPodEvictionPolicy,
      expected: 'AlwaysAllow',
      fix: [{ op: 'add', path: '/spec/unhealthyPodEvictionPolicy', value: 'AlwaysAllow' }],
    });
  },
});

/** In policy/v1 an absent selector selects nothing, an empty one every pod of the namespace. */
function* selectionOutcomes(subject: PodDisruptionBudget, graph: Graph): Generator<Outcome<Code>> {
  const { metadata, spec } = subject;
  const selector = spec?.selector;
  if (selector && selectsPods(graph, metadata.namespace ?? '', selector)) return;
  const gap = selector && gapIn(graph, ...WORKLOAD_KINDS);
  if (gap) {
    yield unknown(gap);
    return;
  }
  yield fail({
    code: 'selects-nothing',
    args: {
      budget: formatRef(refOf(subject)),
      selector: selector ? formatSelector(selector) || 'every pod' : 'nothing',
    },
    path: '/spec/selector',
    actual: selector,
    expected: 'labels of a pod template',
  });
}

function* fieldOutcomes(subject: PodDisruptionBudget): Generator<Outcome<Code>> {
  const { minAvailable, maxUnavailable } = subject.spec ?? {};
  const both = minAvailable !== undefined && maxUnavailable !== undefined;
  const neither = minAvailable === undefined && maxUnavailable === undefined;
  if (!both && !neither) return;
  yield fail({
    code: both ? 'both-fields' : 'neither-field',
    args: { budget: formatRef(refOf(subject)) },
    path: both ? '/spec/minAvailable' : '/spec',
    actual: minAvailable,
    expected: 'maxUnavailable alone',
    fix: both
      ? [{ op: 'remove', path: '/spec/minAvailable' }]
      : [{ op: 'add', path: '/spec/maxUnavailable', value: 1 }],
  });
}

function* overlapOutcomes(subject: PodDisruptionBudget, graph: Graph): Generator<Outcome<Code>> {
  const { metadata, spec } = subject;
  const workloads = spec?.selector
    ? graph.workloadsMatching(metadata.namespace ?? '', spec.selector)
    : [];
  const shared = new Map(
    workloads.flatMap(workload =>
      graph
        .disruptionBudgetsOf(workload)
        .filter(other => other !== subject)
        .map(other => [other, workload] as const),
    ),
  );
  for (const [other, workload] of shared) {
    yield fail({
      code: 'overlap',
      key: other.metadata.name,
      args: {
        budget: formatRef(refOf(subject)),
        other: formatRef(refOf(other)),
        workload: formatRef(refOf(workload)),
      },
      path: '/spec/selector',
      actual: spec?.selector,
      expected: 'one budget for each pod',
      related: [refOf(other), refOf(workload)],
    });
  }
  const gap = gapIn(graph, 'PodDisruptionBudget');
  if (gap && !shared.size) yield unknown(gap);
}
