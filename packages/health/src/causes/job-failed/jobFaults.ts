import type { Job, Pod } from '@waymark/kube-graph';
import { containersOf, lastTerminationOf } from '../../pods/containers';
import { conditionOf, conditionPath } from '../../pods/podState';
import type { Args } from '../../verdict/Verdict';
import type { Detected } from '../Detector';
import { evidenceIn, said } from '../evidence';
import { describe, kubectl } from '../kubectl';

export type JobCode =
  | 'job-backoff-limit'
  | 'job-deadline'
  | 'job-pod-failure-policy'
  | 'job-failed'
  | 'job-retrying'
  | 'pod-failed';

/** One failed attempt is what the back-off limit is for, two are a pattern. Source: robusta's CrashLoop trigger. */
export const PATTERN = 2;

/** What is wrong with a Job. A deadline deletes the pods, so that the condition must be enough. */
export function* jobFaults(job: Job, pods: readonly Pod[]): Iterable<Detected<JobCode>> {
  const type = ['Failed', 'FailureTarget'].find(name => conditionOf(job, name)?.status === 'True');
  const failure = lastFailure(pods);
  if (type) {
    const { reason, message, lastTransitionTime: at } = conditionOf(job, type) ?? {};
    const code = codes[reason ?? ''] ?? 'job-failed';
    yield {
      status: 'degraded',
      cause: {
        code,
        args: argsOf(code, job, message, failure),
        evidence: [
          ...evidenceIn(
            job,
            conditionPath(job, type, 'reason'),
            conditionPath(job, type, 'message'),
          ),
          ...(failure?.evidence ?? []),
        ],
        command: failure?.command ?? describe(job),
        ...(at && { at }),
      },
    };
    return;
  }
  const failed = job.status?.failed ?? 0;
  if (!failed || !failure || conditionOf(job, 'Complete')?.status === 'True') return;
  yield {
    status: failed >= PATTERN ? 'degraded' : 'progressing',
    cause: {
      code: 'job-retrying',
      args: { failed, exit: failure.exit },
      evidence: [...evidenceIn(job, '/status/failed'), ...failure.evidence],
      command: failure.command,
    },
  };
}

/** Source: https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup */
const codes: Readonly<Record<string, JobCode>> = {
  BackoffLimitExceeded: 'job-backoff-limit',
  DeadlineExceeded: 'job-deadline',
  PodFailurePolicy: 'job-pod-failure-policy',
};

function argsOf(code: JobCode, { spec, status }: Job, message = '', failure?: Failure): Args {
  switch (code) {
    case 'job-backoff-limit':
      return { failed: status?.failed ?? 0, exit: failure?.exit ?? '' };
    case 'job-deadline':
      return { deadline: spec?.activeDeadlineSeconds ?? 0 };
    default:
      return { said: said(withoutPod(message)) };
  }
}

const withoutPod = (message: string) => message.replace(/ for pod \S+/, '');

/** A pod of its own that ended badly, by itself or because its node said so. */
export function* podFault(pod: Pod): Iterable<Detected<JobCode>> {
  if (pod.status?.phase !== 'Failed' || pod.status.reason) return;
  const failure = lastFailure([pod]);
  yield {
    status: 'degraded',
    cause: {
      code: 'pod-failed',
      args: { exit: failure?.exit ?? '' },
      evidence: [...evidenceIn(pod, '/status/phase'), ...(failure?.evidence ?? [])],
      command: failure?.command ?? describe(pod),
    },
  };
}

interface Failure {
  /** `: exit code 1, "what it said"`. */
  readonly exit: string;
  readonly evidence: ReturnType<typeof evidenceIn>;
  readonly command: string;
}

function lastFailure(pods: readonly Pod[]): Failure | undefined {
  const failures = pods
    .flatMap(pod => containersOf(pod))
    .flatMap(view => {
      const last = lastTerminationOf(view);
      return last && last.termination.exitCode !== 0 ? [{ view, last }] : [];
    })
    .sort((a, b) => finished(b.last).localeCompare(finished(a.last)));
  const [latest] = failures;
  if (!latest) return undefined;
  const { view, last } = latest;
  const text = said(last.termination.message).replace(/^: /, ', ');
  return {
    exit: `: exit code ${last.termination.exitCode}${text}`,
    evidence: evidenceIn(view.pod, `${last.path}/exitCode`, `${last.path}/message`),
    command: kubectl(view.pod, 'logs', view.pod.metadata.name, '-c', view.name),
  };
}

const finished = ({ termination }: NonNullable<ReturnType<typeof lastTerminationOf>>) =>
  termination.finishedAt ?? '';
