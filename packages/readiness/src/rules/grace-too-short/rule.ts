import {
  formatRef,
  longRunningContainers,
  mergeReads,
  podSpecPath,
  podTemplateOf,
  podTemplateReads,
  refOf,
  type Container,
} from '@waymark/kube-graph';
import { defineRule, fail, notApplicable, unknown } from '../../engine';
import {
  commandGap,
  isLongRunning,
  isWithheld,
  LONG_RUNNING_KINDS,
  longestRequestSeconds,
  longestRequestSecondsPath,
  onSpot,
  preStopDelay,
  preStopReads,
} from '../../workload';

/** Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#lifecycle */
const DEFAULT_GRACE = 30;

export const graceTooShort = defineRule({
  id: 'grace-too-short',
  title: 'The grace period ends before the work does',
  severity: 'warning',
  level: 'resilient',
  kinds: LONG_RUNNING_KINDS,
  why: 'The grace period runs from the moment the pod is asked to stop, preStop included. When it is over the process is killed, with the requests it still has. A spot node itself is gone two minutes after its notice.',
  remedy:
    'Set `terminationGracePeriodSeconds` to preStop sleep + longest request + a buffer; on spot nodes at most 120.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html',
  ],
  params: { bufferSeconds: 5, drainSeconds: 20, spotSeconds: 120 },
  reads: mergeReads(
    podTemplateReads(
      longestRequestSecondsPath,
      '/spec/restartPolicy',
      '/spec/terminationGracePeriodSeconds',
      '/spec/nodeSelector',
      '/spec/affinity',
    ),
    preStopReads,
  ),
  messages: {
    'sleep-only':
      'Container {{container}} of {{workload}} sleeps {{sleep}} s in preStop, all of its grace period of {{grace}} s: it is killed without a chance to finish',
    'requests-cut':
      '{{workload}} may need {{needed}} s to stop ({{sleep}} s preStop + {{longest}} s longest request) and gets {{grace}} s',
    'spot-notice':
      '{{workload}} asks for {{grace}} s to stop on spot nodes, which are gone {{notice}} s after their notice',
  },
  *check({ subject, params }) {
    if (!isLongRunning(subject)) {
      yield notApplicable;
      return;
    }
    if (longRunningContainers(subject).some(({ container }) => hidesSleep(container))) {
      yield unknown(commandGap(subject));
      return;
    }
    const workload = formatRef(refOf(subject));
    const { terminationGracePeriodSeconds } = podTemplateOf(subject).spec;
    const grace = terminationGracePeriodSeconds ?? DEFAULT_GRACE;
    const path = `${podSpecPath(subject)}/terminationGracePeriodSeconds`;
    const { sleep, container } = longestSleep(subject);
    const longest = longestRequestSeconds(subject);
    const spot = onSpot(subject);
    const enough = sleep + (longest ?? params.drainSeconds) + params.bufferSeconds;
    const at = {
      path,
      actual: terminationGracePeriodSeconds,
      ...((!spot || enough <= params.spotSeconds) && {
        fix: [{ op: 'add' as const, path, value: Math.ceil(enough) }],
      }),
    };
    if (sleep > 0 && sleep >= grace) {
      const args = { container, workload, sleep, grace };
      yield fail({ ...at, code: 'sleep-only', args, expected: `more than ${sleep}` });
    } else if (longest !== undefined && sleep + longest > grace) {
      const needed = sleep + longest;
      const args = { workload, needed, sleep, longest, grace };
      yield fail({ ...at, code: 'requests-cut', args, expected: `at least ${needed}` });
    }
    if (spot && grace > params.spotSeconds) {
      const args = { workload, grace, notice: params.spotSeconds };
      yield fail({ ...at, code: 'spot-notice', args, expected: `at most ${params.spotSeconds}` });
    }
  },
});

const hidesSleep = ({ lifecycle }: Container): boolean =>
  lifecycle?.preStop !== undefined && isWithheld(lifecycle.preStop);

function longestSleep(subject: Parameters<typeof longRunningContainers>[0]) {
  return longRunningContainers(subject)
    .map(({ container }) => ({ container: container.name, sleep: preStopDelay(container) ?? 0 }))
    .reduce((longest, next) => (next.sleep > longest.sleep ? next : longest), {
      container: '',
      sleep: 0,
    });
}
