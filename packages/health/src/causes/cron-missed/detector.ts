import type { CronJob, Job } from '@waymark/kube-graph';
import { containerStatusReads } from '../../pods/containers';
import { nextRun } from '../../cron/nextRun';
import { conditionOf, latest, conditionReads } from '../../pods/podState';
import type { Clock } from '../../verdict/Clock';
import { defineDetector, type Detected, type DetectorInput } from '../Detector';
import { evidenceIn } from '../evidence';
import { jobFaults } from '../job-failed/jobFaults';
import { kubectl } from '../kubectl';

type Code = 'cron-run-failed' | 'cron-missed' | 'cron-time-zone-unknown';

/** Between the end of a run and the time of its success lie two controllers, a few seconds in practice; no source gives a bound. */
const SETTLE_SECONDS = 30;

/** The controller starts a run within seconds; a busy or restarted one gets as long as a start may take. Source: consolidated rules, row "start". */
const GRACE_SECONDS = 120;

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
  conditions: {
    'cron-run-failed': {
      when: 'the last Job of the CronJob has failed; if that Job is gone, no run is active and `status.lastSuccessfulTime` is before `status.lastScheduleTime`',
      exception: `it is said after ${SETTLE_SECONDS} s where the Job is gone`,
    },
    'cron-missed': {
      when: 'a time of `spec.schedule` has passed, with `startingDeadlineSeconds` if that is longer, and `status.lastScheduleTime` is older; not while concurrencyPolicy Forbid waits for the last run',
      saidAfter: GRACE_SECONDS,
    },
    'cron-time-zone-unknown': {
      when: '`spec.timeZone` is not in the IANA time zone database',
    },
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
    Job: { fields: ['/status/failed', ...conditionReads] },
    Pod: { fields: [...containerStatusReads] },
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
  const known = latest(status?.lastScheduleTime, metadata.creationTimestamp);
  if (!known) return;
  const next = nextRun(spec?.schedule ?? '', spec?.timeZone ?? 'Etc/UTC', new Date(known));
  const command = kubectl(cronJob, 'describe', 'cronjob', metadata.name);
  if (next.state === 'time-zone-unknown' && spec?.timeZone) {
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
  if (next.state !== 'at') return;
  const scheduled = next.time.toISOString().replace('.000Z', 'Z');
  if (!clock.lasted(scheduled, Math.max(spec?.startingDeadlineSeconds ?? 0, GRACE_SECONDS))) return;
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
