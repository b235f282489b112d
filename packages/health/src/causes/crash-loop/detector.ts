import { containerStatusReads } from '../../pods/containers';
import { lastProbeFailure, probeReads } from '../../pods/probes';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn, said } from '../evidence';
import { kubectl } from '../kubectl';
import { CANNOT_START, CRASHES } from '../leads';
import { COUNTS_AS_CRASH, CRASH_ALARM, crashesOf, type Crash } from './crashes';
import { exitCodes, isSignal, possibleProbeKills, type CrashCode } from './exitCodes';

const STOPPED_BY_PROBE =
  'with exit code 0, 137 or 143 after as long as the probe needs to fail, and an event with reason Unhealthy tells of its';

const ends = (how: string): Condition => ({
  when: `a container ends ${how}; ${COUNTS_AS_CRASH}`,
  exception: CRASH_ALARM,
});

export const crashLoop = defineDetector<CrashCode>({
  id: 'crash-loop',
  title: 'A container ends and is started again and again',
  why: 'The kubelet restarts a container that ends, after pauses that double up to five minutes. The exit code tells apart a program that gave up, one that was killed, and one whose work was simply done.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
    'https://tldp.org/LDP/abs/html/exitcodes.html',
    'kubectl-status workloads templates: exit 137 without OOMKilled beside a liveness probe',
  ],
  messages: {
    'crash-exit': `${CRASHES}: container "{{container}}" exits with code {{exitCode}}{{said}}`,
    'crash-init': `${CANNOT_START}: init container "{{container}}" exits with code {{exitCode}}{{said}}`,
    'crash-returned': `${CRASHES}: container "{{container}}" ends with code 0, as if its work were done`,
    'crash-command-missing': `${CRASHES}: container "{{container}}" exits with code 127, that of a command which does not exist{{said}}`,
    'crash-command-refused': `${CRASHES}: container "{{container}}" exits with code 126, that of a command which is not executable{{said}}`,
    'crash-liveness': `${CRASHES}: container "{{container}}" is restarted because its liveness probe fails{{saw}}`,
    'crash-startup': `${CRASHES}: container "{{container}}" is restarted because its startup probe fails{{saw}}`,
    'crash-killed': `${CRASHES}: container "{{container}}" is killed with signal 9`,
    'crash-segfault': `${CRASHES}: container "{{container}}" ends with a segmentation fault (exit code 139)`,
    'crash-terminated': `${CRASHES}: container "{{container}}" is ended with signal 15`,
    'crash-signal': `${CRASHES}: container "{{container}}" is ended with signal {{signal}}{{said}}`,
  },
  remedies: {
    'crash-exit':
      'Read the last lines of its log. Code 1 is most often a missing variable or an unreachable dependency at start.',
    'crash-init':
      'Read the log of the init container; the main containers wait until it ends with 0.',
    'crash-returned': 'Keep the main process in the foreground, or run work that ends as a Job.',
    'crash-command-missing': 'Check command and args against what the image holds.',
    'crash-command-refused':
      'Set the executable bit in the image, or run the script by its interpreter.',
    'crash-liveness':
      'Look at what the probe asks: it must not depend on anything but the process, and must allow for its start.',
    'crash-startup':
      'Give the startup probe a budget (failureThreshold × periodSeconds) longer than the slowest start.',
    'crash-killed':
      'Look for what sends SIGKILL: a probe that fails beyond the grace period, the node, or the process itself.',
    'crash-segfault':
      'Look at native dependencies: a library built for another system, or a bug in native code.',
    'crash-terminated':
      'Look for what sends SIGTERM: a probe that fails, a supervisor in the container, or a person.',
    'crash-signal':
      'Look up the signal: 6 is an abort of the program itself, 4 an unknown instruction.',
  },
  conditions: {
    'crash-exit': ends('with an exit code that has no meaning of its own'),
    'crash-init': ends('with a code other than 0, and it is an init container'),
    'crash-returned': ends('with exit code 0, and it is to run always'),
    'crash-command-missing': ends('with exit code 127'),
    'crash-command-refused': ends('with exit code 126'),
    'crash-liveness': ends(`${STOPPED_BY_PROBE} liveness probe`),
    'crash-startup': ends(`${STOPPED_BY_PROBE} startup probe`),
    'crash-killed': ends('with exit code 137, without OOMKilled and without an event of a probe'),
    'crash-segfault': ends('with exit code 139'),
    'crash-terminated': ends('with exit code 143, without an event of a probe'),
    'crash-signal': ends('with another exit code from 129 to 192: 128 and a signal'),
  },
  reads: {
    Pod: {
      fields: [
        '/spec/restartPolicy',
        '/spec/terminationGracePeriodSeconds',
        ...probeReads('livenessProbe', 'startupProbe'),
        ...containerStatusReads,
      ],
    },
  },
  detect: input =>
    collapse(
      input.active.flatMap(pod =>
        crashesOf(pod, input.clock).flatMap(crash => findingOf(crash, input) ?? []),
      ),
      input.active.length,
    ),
});

/** These ends have detectors of their own. */
const ELSEWHERE = ['OOMKilled', 'StartError', 'ContainerCannotRun'];

function findingOf(crash: Crash, { graph }: DetectorInput): PodFinding<CrashCode> | undefined {
  const { view, termination, path, restarts, status } = crash;
  const { reason = '', message = '', exitCode, finishedAt } = termination;
  if (ELSEWHERE.includes(reason) || /exec format error/.test(message)) return undefined;
  const { pod, name: container } = view;
  const killed = probeKillOf(crash, graph);
  const code = killed?.code ?? codeOf(crash);
  return {
    pod,
    code,
    args: { container, exitCode, ...(code === 'crash-signal' && { signal: exitCode - 128 }) },
    details: { restarts, said: said(message), ...(killed && { saw: killed.saw }) },
    evidence: [
      ...evidenceIn(pod, `${path}/exitCode`, `${path}/reason`, `${path}/message`),
      ...(killed ? evidenceIn(killed.event, '/message') : []),
      ...evidenceIn(pod, `${view.path}/restartCount`),
    ],
    command: kubectl(pod, 'logs', pod.metadata.name, '-c', container, ...previous(crash)),
    ...(finishedAt && { at: finishedAt }),
    status,
  };
}

function codeOf({ view: { role }, termination: { exitCode } }: Crash): CrashCode {
  if (role === 'init') return 'crash-init';
  return exitCodes[exitCode] ?? (isSignal(exitCode) ? 'crash-signal' : 'crash-exit');
}

function probeKillOf(crash: Crash, graph: DetectorInput['graph']) {
  for (const probe of possibleProbeKills(crash)) {
    const failure = lastProbeFailure(probe, crash.view, graph);
    if (failure) return { ...failure, code: PROBE_CODES[probe] };
  }
  return undefined;
}

const PROBE_CODES = { Liveness: 'crash-liveness', Startup: 'crash-startup' } as const;

/** The log of the run that ended: still the current one until the container is started again. */
const previous = ({ view: { status } }: Crash) =>
  status.state?.terminated || status.state?.waiting ? [] : ['--previous'];
