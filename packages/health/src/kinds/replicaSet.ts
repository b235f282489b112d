import type { ReplicaSet } from '@waymark/kube-graph';
import { conditionOf, conditionReads } from '../pods/podState';
import type { Status } from '../verdict/Verdict';
import type { KindJudge } from './SubjectJudge';

/** Source: kstatus core.go replicasetConditions, Argo CD health_replicaset.go. */
export const replicaSet: KindJudge<ReplicaSet> = {
  reads: {
    ReplicaSet: {
      fields: [
        '/spec/replicas',
        '/status/observedGeneration',
        '/status/replicas',
        '/status/readyReplicas',
        '/status/availableReplicas',
        ...conditionReads,
      ],
    },
  },
  standing({ subject }) {
    const desired = subject.spec?.replicas ?? 1;
    return {
      status: statusOf(subject, desired),
      desired,
      ready: subject.status?.readyReplicas ?? 0,
    };
  },
};

function statusOf(subject: ReplicaSet, desired: number): Status {
  const { replicas = 0, availableReplicas = 0 } = subject.status ?? {};
  if (desired === 0) return replicas > 0 ? 'progressing' : 'suspended';
  if (conditionOf(subject, 'ReplicaFailure')?.status === 'True') return 'degraded';
  return replicas === desired && availableReplicas >= desired ? 'healthy' : 'progressing';
}
