import { formatRef, refOf } from '@waymark/kube-graph';
import { defineRule, fail, notApplicable, unknown } from '../../engine';
import { replicaRange, rolloutBounds } from '../../workload';

export const rolloutZeroCapacity = defineRule({
  id: 'rollout-zero-capacity',
  title: 'A rollout may take every pod away at once',
  severity: 'error',
  level: 'resilient',
  kinds: ['Deployment'],
  why: 'A rolling update may remove as many pods as the Deployment has at its least: every release is an outage until a new pod is ready.',
  remedy:
    'Set `spec.strategy.rollingUpdate` to `maxUnavailable: 0` and `maxSurge: 1`, so that a new pod is ready before an old one goes.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
  ],
  params: {},
  reads: {
    Deployment: { fields: ['/spec/replicas', '/spec/strategy'] },
    HorizontalPodAutoscaler: { fields: ['/spec/minReplicas', '/spec/maxReplicas'] },
    ScaledObject: {
      fields: ['/spec/scaleTargetRef', '/spec/minReplicaCount', '/spec/maxReplicaCount'],
    },
  },
  messages: {
    'all-at-once':
      '{{workload}} may lose {{unavailable}} of its {{replicas}} pods in a rollout: nothing is left to answer',
  },
  *check({ subject, graph }) {
    if (subject.spec?.strategy?.type === 'Recreate') {
      yield notApplicable;
      return;
    }
    const range = replicaRange(subject, graph);
    if (!range.known) {
      yield unknown(range.gap);
      return;
    }
    const bounds = rolloutBounds(subject, range.min);
    if (!bounds || range.min < 1) {
      yield notApplicable;
      return;
    }
    if (bounds.maxUnavailable < range.min) return;
    yield fail({
      code: 'all-at-once',
      args: {
        workload: formatRef(refOf(subject)),
        unavailable: Math.min(bounds.maxUnavailable, range.min),
        replicas: range.min,
      },
      path: '/spec/strategy/rollingUpdate/maxUnavailable',
      actual: subject.spec.strategy?.rollingUpdate?.maxUnavailable,
      expected: 0,
      related: range.scalers.map(refOf),
      fix: [
        {
          op: 'add',
          path: '/spec/strategy',
          value: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        },
      ],
    });
  },
});
