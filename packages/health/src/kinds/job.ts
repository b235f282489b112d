import type { Job } from '@waymark/kube-graph';
import { conditionOf, conditionReads } from '../pods/podState';
import { alone } from '../verdict/Standing';
import type { KindJudge } from './SubjectJudge';

/** Source: Argo CD health_job.go; unlike kstatus, a running Job is on its way and not yet well. */
export const job: KindJudge<Job> = {
  reads: {
    Job: { fields: ['/spec/suspend', '/status/startTime', ...conditionReads] },
  },
  standing({ subject }) {
    const has = (type: string) => conditionOf(subject, type)?.status === 'True';
    const since = (type: string) => conditionOf(subject, type)?.lastTransitionTime;
    if (has('Failed')) return alone('degraded', since('Failed'));
    if (has('FailureTarget')) return alone('degraded', since('FailureTarget'));
    if (has('Complete')) return alone('healthy', since('Complete'));
    if (subject.spec?.suspend) return alone('suspended', since('Suspended'));
    return alone('progressing', subject.status?.startTime);
  },
};
