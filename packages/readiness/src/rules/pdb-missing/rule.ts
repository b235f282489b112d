import { formatRef, podTemplateOf, refOf } from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from '../../engine';
import { templateLabelsPath } from '../../selection';
import { replicaRange } from '../../workload';

export const pdbMissing = defineRule({
  id: 'pdb-missing',
  title: 'Replicas have no PodDisruptionBudget',
  severity: 'warning',
  level: 'resilient',
  kinds: ['Deployment', 'StatefulSet'],
  why: 'A node upgrade or Karpenter consolidation may evict all replicas at the same time: two replicas are then worth as much as one.',
  remedy:
    'Add a PodDisruptionBudget with `maxUnavailable: 1` whose selector is that of the workload.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
    'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  ],
  params: { minimum: 2 },
  reads: {
    Deployment: { fields: ['/spec/replicas', '/spec/template/metadata/labels'] },
    StatefulSet: { fields: ['/spec/replicas', '/spec/template/metadata/labels'] },
    PodDisruptionBudget: { fields: ['/spec/selector'] },
    HorizontalPodAutoscaler: { fields: ['/spec/scaleTargetRef', '/spec/minReplicas'] },
    ScaledObject: { fields: ['/spec/scaleTargetRef', '/spec/minReplicaCount'] },
  },
  messages: {
    missing:
      '{{workload}} runs at least {{replicas}} pods, and no PodDisruptionBudget selects them: a drain may evict all at once',
  },
  *check({ subject, graph, params }) {
    const range = replicaRange(subject, graph);
    if (!range.known) {
      yield unknown(range.gap);
      return;
    }
    if (range.min < params.minimum) {
      yield notApplicable;
      return;
    }
    if (graph.disruptionBudgetsOf(subject).length) return;
    const gap = gapIn(graph, 'PodDisruptionBudget');
    if (gap) {
      yield unknown(gap);
      return;
    }
    yield fail({
      code: 'missing',
      args: { workload: formatRef(refOf(subject)), replicas: range.min },
      path: templateLabelsPath(subject),
      actual: podTemplateOf(subject).metadata?.labels,
      expected: 'a PodDisruptionBudget that selects these labels',
      related: range.scalers.map(refOf),
    });
  },
});
