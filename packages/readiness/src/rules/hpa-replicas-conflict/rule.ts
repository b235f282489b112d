import { formatRef, refOf } from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from '../../engine';
import { SCALER_KINDS, scalersInEffect } from '../../workload';

export const hpaReplicasConflict = defineRule({
  id: 'hpa-replicas-conflict',
  title: 'A manifest sets the replicas that an autoscaler owns',
  severity: 'error',
  level: 'resilient',
  kinds: ['Deployment', 'StatefulSet', 'ReplicaSet'],
  why: 'Every apply or sync puts the number of the manifest back, in the middle of a peak too, and the autoscaler has to climb again.',
  remedy:
    'Leave `spec.replicas` out of the manifest while an autoscaler is on (in a chart: `{{ if not .Values.autoscaling.enabled }}`).',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
    'https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/#leaving-room-for-imperativeness',
  ],
  params: {},
  reads: {},
  // In a cluster the field is always set: the API server defaults it and the autoscaler writes it.
  manifestOnly: true,
  messages: {
    conflict: '{{workload}} sets replicas {{replicas}} and is scaled by {{scaler}}',
  },
  *check({ subject, graph }) {
    const { replicas } = subject.spec;
    if (replicas === undefined) return;
    const [scaler] = scalersInEffect(subject, graph);
    if (!scaler) {
      const gap = gapIn(graph, ...SCALER_KINDS);
      yield gap ? unknown(gap) : notApplicable;
      return;
    }
    yield fail({
      code: 'conflict',
      args: {
        workload: formatRef(refOf(subject)),
        replicas,
        scaler: formatRef(refOf(scaler)),
      },
      path: '/spec/replicas',
      actual: replicas,
      expected: 'no replicas',
      related: [refOf(scaler)],
      fix: [{ op: 'remove', path: '/spec/replicas' }],
    });
  },
});
