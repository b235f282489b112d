import { formatRef } from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from '../../engine';

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
  },
  messages: {
    single:
      '{{workload}} runs {{replicas}} replica and is served by {{service}}: one lost pod is an outage',
  },
  *check({ subject, graph, params }) {
    const replicas = subject.spec.replicas ?? 1;
    if (replicas === 0 || replicas >= params.minimum) return;
    const [service] = graph.servicesOf(subject);
    if (!service) {
      const gap = gapIn(graph, 'Service');
      yield gap ? unknown(gap) : notApplicable;
      return;
    }
    if (graph.scalersOf(subject).length) return;
    const gap = gapIn(graph, 'HorizontalPodAutoscaler');
    if (gap) {
      yield unknown(gap);
      return;
    }
    yield fail({
      code: 'single',
      args: {
        workload: formatRef({ kind: subject.kind, name: subject.metadata.name }),
        replicas,
        service: service.metadata.name,
      },
      path: '/spec/replicas',
      actual: subject.spec.replicas,
      expected: `at least ${params.minimum}`,
      related: [],
      fix: [{ op: 'add', path: '/spec/replicas', value: params.minimum }],
    });
  },
});
