import type { DaemonSet } from '@waymark/kube-graph';
import type { Status } from '../verdict/Verdict';
import type { KindJudge } from './SubjectJudge';

/** Source: kstatus core.go daemonsetConditions, Argo CD health_daemonset.go. */
export const daemonSet: KindJudge<DaemonSet> = {
  reads: {
    DaemonSet: { fields: ['/spec/updateStrategy', '/status'] },
  },
  standing: ({ subject }) => ({
    status: statusOf(subject),
    desired: subject.status?.desiredNumberScheduled ?? 0,
    ready: subject.status?.numberReady ?? 0,
  }),
};

function statusOf({ spec, status }: DaemonSet): Status {
  const {
    observedGeneration,
    desiredNumberScheduled = 0,
    currentNumberScheduled = 0,
    updatedNumberScheduled = 0,
    numberAvailable = 0,
    numberReady = 0,
  } = status ?? {};
  if (!observedGeneration) return 'progressing';
  const updates = spec?.updateStrategy?.type !== 'OnDelete';
  const short =
    currentNumberScheduled < desiredNumberScheduled ||
    (updates && updatedNumberScheduled < desiredNumberScheduled) ||
    numberAvailable < desiredNumberScheduled ||
    numberReady < desiredNumberScheduled;
  return short ? 'progressing' : 'healthy';
}
