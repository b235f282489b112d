import type { CronJob } from '@waymark/kube-graph';
import { alone } from '../verdict/Standing';
import type { KindJudge } from './SubjectJudge';

/** Well between its runs and during them; what its last run and its schedule have wrong is for the detector. */
export const cronJob: KindJudge<CronJob> = {
  reads: { CronJob: { fields: ['/spec/suspend'] } },
  standing: ({ subject }) => alone(subject.spec?.suspend ? 'suspended' : 'healthy'),
};
