import type { Deployment } from '@waymark/kube-graph';
import { conditionOf, conditionReads } from '../pods/podState';
import type { Standing } from '../verdict/Standing';
import type { Status } from '../verdict/Verdict';
import type { KindJudge } from './SubjectJudge';

/**
 * Source: kstatus pkg/kstatus/status/core.go deploymentConditions, Argo CD health_deployment.go. Unlike both, a shortage
 * after the end of a rollout is not left to the progress deadline, which never fires again: the detectors look at the pods.
 */
export const deployment: KindJudge<Deployment> = {
  reads: {
    Deployment: {
      fields: [
        '/spec/replicas',
        '/spec/paused',
        '/status/observedGeneration',
        '/status/replicas',
        '/status/updatedReplicas',
        '/status/readyReplicas',
        '/status/availableReplicas',
        ...conditionReads,
      ],
    },
  },
  standing({ subject }) {
    const desired = subject.spec?.replicas ?? 1;
    const ready = subject.status?.readyReplicas ?? 0;
    const status = statusOf(subject, desired);
    const since = sinceOf(subject, status);
    return { status, ...(since && { since }), desired, ready } satisfies Standing;
  },
};

function statusOf(subject: Deployment, desired: number): Status {
  const { spec, status = {} } = subject;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  if (desired === 0) return replicas > 0 ? 'progressing' : 'suspended';
  if (conditionOf(subject, 'ReplicaFailure')?.status === 'True') return 'degraded';
  const progressing = conditionOf(subject, 'Progressing');
  if (progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded')
    return 'degraded';
  if (spec?.paused) return 'suspended';
  const complete =
    updatedReplicas >= desired && replicas <= updatedReplicas && replicas === desired;
  return complete && availableReplicas >= desired ? 'healthy' : 'progressing';
}

function sinceOf(subject: Deployment, status: Status): string | undefined {
  const type = status === 'healthy' ? 'Available' : 'Progressing';
  const condition = conditionOf(subject, type);
  return status === 'progressing'
    ? (condition?.lastUpdateTime ?? condition?.lastTransitionTime)
    : condition?.lastTransitionTime;
}
