import {
  formatRef,
  longRunningContainers,
  mergeReads,
  podTemplateReads,
  refOf,
  type Container,
  type Probe,
  type Workload,
} from '@waymark/kube-graph';
import { defineRule, fail, notApplicable, type Failure, type PatchOperation } from '../../engine';
import {
  isLongRunning,
  LONG_RUNNING_KINDS,
  presenceReads,
  probeReads,
  startupSeconds,
  startupSecondsPath,
} from '../../workload';
import { slowRuntime } from './slowRuntime';

export const startupProbeMissing = defineRule({
  id: 'startup-probe-missing',
  title: 'A slow start is judged by the liveness probe',
  severity: 'warning',
  level: 'resilient',
  kinds: LONG_RUNNING_KINDS,
  why: 'A liveness probe counts from the first second. On a node under load a slow runtime is killed before it is up, and again, until somebody raises the delay.',
  remedy:
    'Add a `startupProbe` with a generous budget (`periodSeconds: 10`, `failureThreshold: 30`) and take `initialDelaySeconds` out of the liveness probe.',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes',
  ],
  params: { delaySeconds: 30, periodSeconds: 10, failureThreshold: 30 },
  reads: mergeReads(
    podTemplateReads(
      startupSecondsPath,
      '/spec/restartPolicy',
      '/spec/containers/image',
      '/spec/initContainers/image',
    ),
    probeReads('livenessProbe'),
    presenceReads('startupProbe'),
  ),
  messages: {
    'declared-start':
      '{{workload}} says that it starts in {{seconds}} s, the liveness probe of container {{container}} kills it after {{budget}} s: no startupProbe',
    'long-delay':
      'Container {{container}} of {{workload}} waits {{seconds}} s before its liveness probe instead of having a startupProbe',
    'slow-runtime':
      'Container {{container}} of {{workload}} runs a slow-starting runtime ({{hint}}) under a liveness probe without startupProbe',
  },
  *check({ subject, params }) {
    const live = isLongRunning(subject)
      ? longRunningContainers(subject).flatMap(located => {
          const { livenessProbe } = located.container;
          return livenessProbe ? [{ ...located, livenessProbe }] : [];
        })
      : [];
    if (!live.length) yield notApplicable;
    for (const { container, path, livenessProbe } of live) {
      const reason =
        !container.startupProbe && reasonFor(subject, container, livenessProbe, params);
      if (!reason) continue;
      yield fail({
        code: reason.code,
        args: { ...reason.args, container: container.name, workload: formatRef(refOf(subject)) },
        path: `${path}/startupProbe`,
        expected: 'a startupProbe',
        fix: fixFor(livenessProbe, subject, `${path}/startupProbe`, params),
      });
    }
  },
});

/** Defaults of the probe API. Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe */
const budgetOf = ({ initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 }: Probe) =>
  initialDelaySeconds + periodSeconds * failureThreshold;

type Reason = Pick<Failure<'declared-start' | 'long-delay' | 'slow-runtime'>, 'code' | 'args'>;

/** The strongest reason to believe that the container needs longer than its liveness probe gives it. */
function reasonFor(
  subject: Workload,
  container: Container,
  liveness: Probe,
  { delaySeconds }: { delaySeconds: number },
): Reason | undefined {
  const declared = startupSeconds(subject);
  const budget = budgetOf(liveness);
  if (declared !== undefined && declared > budget)
    return { code: 'declared-start', args: { seconds: declared, budget } };
  const { initialDelaySeconds: delay = 0 } = liveness;
  if (delay >= delaySeconds) return { code: 'long-delay', args: { seconds: delay } };
  const hint = slowRuntime(container);
  return hint ? { code: 'slow-runtime', args: { hint } } : undefined;
}

/**
 * The liveness question with time, twice the declared start where there is one. None for commands and requests with
 * headers: both may hold a password, which a finding must not carry away.
 */
function fixFor(
  { httpGet, tcpSocket, grpc }: Probe,
  subject: Workload,
  path: string,
  { periodSeconds, failureThreshold }: { periodSeconds: number; failureThreshold: number },
): PatchOperation[] | undefined {
  const handler =
    (httpGet && !httpGet.httpHeaders?.length && !httpGet.path?.includes('?') && { httpGet }) ||
    (tcpSocket && { tcpSocket }) ||
    (grpc && { grpc });
  if (!handler) return undefined;
  const needed = Math.ceil((2 * (startupSeconds(subject) ?? 0)) / periodSeconds);
  const value = { ...handler, periodSeconds, failureThreshold: Math.max(failureThreshold, needed) };
  return [{ op: 'add', path, value }];
}
