import { formatRef, refOf } from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from '../../engine';
import { SCALER_KINDS, servedBy } from '../../workload';

export const replicasSingle = defineRule({
  id: 'replicas-single',
  title: 'A served Deployment runs on one replica',
  severity: 'error',
  level: 'resilient',
  kinds: ['Deployment'],
  why: 'Every node drain, crash or rollout of a single replica is an outage for its callers.',
  remedy:
    'Set `spec.replicas` to at least 2, or scale the Deployment with a HorizontalPodAutoscaler whose minimum is 2.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#replicas'],
  params: { minimum: 2 },
  reads: {
    Deployment: { fields: ['/spec/replicas'] },
    Service: { fields: ['/spec/selector'] },
    HorizontalPodAutoscaler: { fields: ['/spec/scaleTargetRef'] },
    ScaledObject: { fields: ['/spec/scaleTargetRef'] },
  },
  messages: {
    single:
      '{{workload}} runs {{replicas}} replica and is served by {{service}}: one lost pod is an outage',
  },
  *check({ subject, graph, params }) {
    const replicas = subject.spec.replicas ?? 1;
    if (replicas >= params.minimum) return;
    if (replicas === 0) {
      yield notApplicable;
      return;
    }
    const behind = servedBy(subject, graph);
    if (!behind.served) {
      yield behind.outcome;
      return;
    }
    // How far an autoscaler may go down is the question of hpa-min-one.
    if (graph.scalersOf(subject).length) return;
    const gap = gapIn(graph, ...SCALER_KINDS);
    if (gap) {
      yield unknown(gap);
      return;
    }
    const [service] = behind.services;
    yield fail({
      code: 'single',
      args: { workload: formatRef(refOf(subject)), replicas, service: service.metadata.name },
      path: '/spec/replicas',
      actual: subject.spec.replicas,
      expected: `at least ${params.minimum}`,
      related: [refOf(service)],
      fix: [{ op: 'add', path: '/spec/replicas', value: params.minimum }],
    });
  },
});
