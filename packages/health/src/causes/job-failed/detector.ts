import { conditionReads } from '../../pods/podState';
import { containerStatusReads } from '../../pods/containers';
import { type Condition, defineDetector } from '../Detector';
import { jobFaults, PATTERN, podFault, type JobCode } from './jobFaults';

const ended = (reason: string): Condition => ({
  when: `condition Failed or FailureTarget of the Job is True, with reason ${reason}`,
});

export const jobFailed = defineDetector<JobCode>({
  id: 'job-failed',
  title: 'A Job, or a pod of its own, failed',
  why: 'A Job gives up when its pods failed more often than backoffLimit allows, when its deadline has passed, or when its pod failure policy says so. It is not tried again.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/job/',
    'recorded on Kubernetes 1.36: DeadlineExceeded deletes the pods',
  ],
  messages: {
    'job-backoff-limit': '{{workload}} gave up after attempt {{failed}}{{exit}}',
    'job-deadline': '{{workload}} failed: it did not end within its deadline of {{deadline}} s',
    'job-pod-failure-policy': '{{workload}} failed: its pod failure policy ended it{{said}}',
    'job-failed': '{{workload}} failed{{said}}',
    'job-retrying': '{{workload}} tries again after failed attempt {{failed}}{{exit}}',
    'pod-failed': '{{workload}} failed{{exit}}',
  },
  remedies: {
    'job-backoff-limit': 'Read the log of the last attempt; delete the Job to run it again.',
    'job-deadline': 'Look at what it waited for, or give it more time with activeDeadlineSeconds.',
    'job-pod-failure-policy':
      'Read the log of the last attempt; the exit code is one that the policy takes for final.',
    'job-failed': 'Read the conditions of the Job.',
    'job-retrying': 'Read the log of the last attempt.',
    'pod-failed': 'Read its log; nothing starts a pod again that no controller owns.',
  },
  conditions: {
    'job-backoff-limit': ended('BackoffLimitExceeded'),
    'job-deadline': ended('DeadlineExceeded'),
    'job-pod-failure-policy': ended('PodFailurePolicy'),
    'job-failed': ended('any other reason'),
    'job-retrying': {
      when: '`status.failed` of the Job is above 0, it is not complete, and one of its pods shows how it ended',
      exception: `it is an alarm from failed attempt ${PATTERN} on`,
    },
    'pod-failed': {
      when: 'a Pod that no controller owns has phase Failed and no `status.reason`',
    },
  },
  reads: {
    Job: {
      fields: [
        '/spec/activeDeadlineSeconds',
        '/spec/backoffLimit',
        '/status/failed',
        ...conditionReads,
      ],
    },
    Pod: {
      fields: ['/status/phase', '/status/reason', ...containerStatusReads],
    },
  },
  *detect({ workload, pods }) {
    if (workload.kind === 'Job') yield* jobFaults(workload, pods);
    if (workload.kind === 'Pod') yield* podFault(workload);
  },
});
