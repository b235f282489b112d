import { formatRef, refOf, type Scaler } from '@waymark/kube-graph';
import { defineRule, fail, notApplicable, unknown, type PatchOperation } from '../../engine';
import { isMadeByKeda, SCALER_KINDS, scalerBounds, scaleTarget, servedBy } from '../../workload';

export const hpaMinOne = defineRule({
  id: 'hpa-min-one',
  title: 'An autoscaler may scale a served workload down to one pod',
  severity: 'error',
  level: 'resilient',
  kinds: SCALER_KINDS,
  why: 'In a quiet hour the service runs on a single pod, or on none: the next drain or crash is an outage, and the next peak meets one pod.',
  remedy:
    'Set `minReplicas` (of a ScaledObject `minReplicaCount`) to at least 2. Left out it is 1 (0 for a ScaledObject).',
  sources: [
    'https://kubernetes.io/docs/reference/kubernetes-api/autoscaling/horizontal-pod-autoscaler-v2/#HorizontalPodAutoscalerSpec',
    'https://keda.sh/docs/2.18/reference/scaledobject-spec/#minreplicacount',
  ],
  params: { minimum: 2 },
  reads: {
    HorizontalPodAutoscaler: { fields: ['/spec/minReplicas', '/spec/maxReplicas'] },
    ScaledObject: {
      fields: ['/spec/scaleTargetRef', '/spec/minReplicaCount', '/spec/maxReplicaCount'],
    },
    Service: { fields: ['/spec/selector'] },
  },
  messages: {
    'min-one':
      '{{scaler}} may scale {{workload}}, which answers for Service/{{service}}, down to {{min}}',
  },
  *check({ subject, graph, params }) {
    if (isMadeByKeda(subject)) {
      yield notApplicable;
      return;
    }
    const { min } = scalerBounds(subject);
    if (min >= params.minimum) return;
    const target = scaleTarget(subject, graph);
    if (target.state !== 'workload') {
      yield target.state === 'unknown' ? unknown(target.gap) : notApplicable;
      return;
    }
    const behind = servedBy(target.workload, graph);
    if (!behind.served) {
      yield behind.outcome;
      return;
    }
    const [service] = behind.services;
    const field = fieldsOf(subject).min;
    yield fail({
      code: 'min-one',
      args: {
        scaler: formatRef(refOf(subject)),
        workload: formatRef(refOf(target.workload)),
        min,
        service: service.metadata.name,
      },
      path: field,
      actual: min,
      expected: `at least ${params.minimum}`,
      related: [refOf(target.workload), refOf(service)],
      fix: fixFor(subject, params.minimum),
    });
  },
});

const fieldsOf = (scaler: Scaler) =>
  scaler.kind === 'ScaledObject'
    ? { min: '/spec/minReplicaCount', max: '/spec/maxReplicaCount' }
    : { min: '/spec/minReplicas', max: '/spec/maxReplicas' };

/** A maximum below the new minimum has to rise with it. */
function fixFor(scaler: Scaler, minimum: number): PatchOperation[] {
  const fields = fieldsOf(scaler);
  return [
    { op: 'add', path: fields.min, value: minimum },
    ...(scalerBounds(scaler).max < minimum
      ? [{ op: 'add' as const, path: fields.max, value: minimum }]
      : []),
  ];
}
