import type { CronJob, Job } from '@waymark/kube-graph';
import { previousRun } from '../../cron/previousRun';
import { conditionOf, latest } from '../../pods/podState';
import type { Clock } from '../../verdict/Clock';
import { defineDetector, type Detected, type DetectorInput } from '../Detector';
import { evidenceIn } from '../evidence';
import { jobFaults } from '../job-failed/jobFaults';
import { kubectl } from '../kubectl';
import { WAITING_GRACE_SECONDS } from '../waiting';

type Code = 'cron-run-failed' | 'cron-missed' | 'cron-time-zone-unknown';

/** Controllers write the end of a run a moment after its start is gone. Source: consolidated rules, row "late crash". */
const SETTLE_SECONDS = 60;

export const cronMissed = defineDetector<Code>({
  id: 'cron-missed',
  title: 'A CronJob failed its last run, or missed it',
  why: 'A CronJob makes a Job at each scheduled time. It starts none while it is suspended, when it could not in time, or, with concurrencyPolicy Forbid, while the last one still runs.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/',
    'Argo CD resource_customizations/batch/CronJob/health.lua: lastSuccessfulTime before lastScheduleTime',
  ],
  messages: {
    'cron-run-failed': '{{workload}} failed in its last run{{exit}}',
    'cron-missed': '{{workload}} missed its run of {{scheduled}}',
    'cron-time-zone-unknown': '{{workload}} never runs: time zone "{{timeZone}}" is not known',
  },
  remedies: {
    'cron-run-failed': 'Read the log of the last run; the next one comes by the schedule.',
    'cron-missed':
      'Look at the events of the CronJob: a deadline that is too short, or a controller that did not run.',
    'cron-time-zone-unknown': 'Use a name of the IANA time zone database.',
  },
  reads: {
    CronJob: {
      fields: [
        '/spec/schedule',
        '/spec/timeZone',
        '/spec/suspend',
        '/spec/concurrencyPolicy',
        '/spec/startingDeadlineSeconds',
        '/status',
      ],
    },
    Job: { fields: ['/status/failed', '/status/conditions'] },
    Pod: { fields: ['/status/containerStatuses', '/status/initContainerStatuses'] },
  },
  *detect(input) {
    const { workload, clock } = input;
    if (workload.kind !== 'CronJob' || workload.spec?.suspend) return;
    yield* lastRun(workload, input);
    yield* missedRun(workload, clock);
  },
});

function* lastRun(cronJob: CronJob, { graph, clock }: DetectorInput): Iterable<Detected<Code>> {
  const [job] = graph.jobsOf(cronJob);
  if (job) {
    if (!hasFailed(job)) return;
    for (const { cause } of jobFaults(job, graph.podsOf(job)))
      yield {
        status: 'degraded',
        cause: {
          ...cause,
          code: 'cron-run-failed',
          args: { exit: cause.args.exit ?? cause.args.said ?? '' },
        },
      };
    return;
  }
  const {
    lastScheduleTime: started,
    lastSuccessfulTime: succeeded,
    active = [],
  } = cronJob.status ?? {};
  if (!started || active.length || !graph.knows('Job')) return;
  if (!succeeded || Date.parse(succeeded) >= Date.parse(started)) return;
  if (!clock.lasted(started, SETTLE_SECONDS)) return;
  yield {
    status: 'degraded',
    cause: {
      code: 'cron-run-failed',
      args: { exit: '' },
      evidence: evidenceIn(cronJob, '/status/lastScheduleTime', '/status/lastSuccessfulTime'),
      command: kubectl(cronJob, 'describe', 'cronjob', cronJob.metadata.name),
      at: started,
    },
  };
}

const hasFailed = (job: Job) =>
  ['Failed', 'FailureTarget'].some(type => conditionOf(job, type)?.status === 'True');

function* missedRun(cronJob: CronJob, clock: Clock): Iterable<Detected<Code>> {
  const { spec, status, metadata } = cronJob;
  // Whoever forbids overlaps wants the run left out while the last one takes longer.
  if (spec?.concurrencyPolicy === 'Forbid' && status?.active?.length) return;
  const previous = previousRun(spec?.schedule ?? '', spec?.timeZone ?? 'Etc/UTC', clock.now);
  const command = kubectl(cronJob, 'describe', 'cronjob', metadata.name);
  if (previous.state === 'unreadable' && spec?.timeZone && !isZone(spec.timeZone)) {
    const evidence = evidenceIn(cronJob, '/spec/timeZone');
    yield {
      status: 'degraded',
      cause: {
        code: 'cron-time-zone-unknown',
        args: { timeZone: spec.timeZone },
        evidence,
        command,
      },
    };
  }
  if (previous.state !== 'at') return;
  const scheduled = previous.time.toISOString().replace('.000Z', 'Z');
  const known = latest(status?.lastScheduleTime, metadata.creationTimestamp);
  if (!known || Date.parse(known) >= previous.time.getTime()) return;
  const grace = Math.max(spec?.startingDeadlineSeconds ?? 0, WAITING_GRACE_SECONDS);
  if (!clock.lasted(scheduled, grace)) return;
  yield {
    status: 'degraded',
    cause: {
      code: 'cron-missed',
      args: { scheduled },
      evidence: evidenceIn(cronJob, '/spec/schedule', '/spec/timeZone', '/status/lastScheduleTime'),
      command,
      at: scheduled,
    },
  };
}

const isZone = (timeZone: string) => previousRun('* * * * *', timeZone, new Date(0)).state === 'at';
