import type { Pod } from '@waymark/kube-graph';
import { conditionOf, isReady, conditionReads } from '../pods/podState';
import type { Status } from '../verdict/Verdict';
import type { KindJudge } from './SubjectJudge';

/** A pod that nothing controls. Source: kstatus core.go podConditions, Argo CD health_pod.go. */
export const pod: KindJudge<Pod> = {
  reads: {
    Pod: {
      fields: ['/spec/restartPolicy', '/status/phase', ...conditionReads, '/status/startTime'],
    },
  },
  standing({ subject }) {
    const status = statusOf(subject);
    const since = conditionOf(subject, 'Ready')?.lastTransitionTime;
    return {
      status,
      ...(since && { since }),
      desired: subject.status?.phase === 'Succeeded' ? 0 : 1,
      ready: isReady(subject) ? 1 : 0,
    };
  },
};

function statusOf(subject: Pod): Status {
  switch (subject.status?.phase) {
    case 'Succeeded':
      return 'healthy';
    case 'Failed':
      return 'degraded';
    default:
      return isReady(subject) ? 'healthy' : 'progressing';
  }
}
