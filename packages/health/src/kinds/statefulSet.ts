import type { StatefulSet } from '@waymark/kube-graph';
import type { Status } from '../verdict/Verdict';
import type { KindJudge } from './SubjectJudge';

/** Source: kstatus core.go stsConditions, Argo CD health_statefulset.go. */
export const statefulSet: KindJudge<StatefulSet> = {
  reads: {
    StatefulSet: {
      fields: [
        '/spec/replicas',
        '/spec/updateStrategy',
        '/status/observedGeneration',
        '/status/replicas',
        '/status/readyReplicas',
        '/status/updatedReplicas',
        '/status/currentRevision',
        '/status/updateRevision',
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

function statusOf({ spec, status }: StatefulSet, desired: number): Status {
  const { replicas = 0, readyReplicas = 0, updatedReplicas = 0 } = status ?? {};
  if (desired === 0) return replicas > 0 ? 'progressing' : 'suspended';
  if (!status?.observedGeneration || readyReplicas < desired || replicas !== desired)
    return 'progressing';
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  if (type === 'OnDelete') return 'healthy';
  const partition = rollingUpdate?.partition ?? 0;
  if (partition > 0) return updatedReplicas < desired - partition ? 'progressing' : 'healthy';
  return status.currentRevision === status.updateRevision ? 'healthy' : 'progressing';
}
