import {
  containersOf,
  lastTerminationOf,
  type ContainerView,
  containerStatusReads,
} from '../../pods/containers';
import { unreadySince } from '../../pods/podState';
import { collapse, type PodFinding } from '../collapse';
import { crashesOf } from '../crash-loop/crashes';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn } from '../evidence';
import { describe } from '../kubectl';
import { CANNOT_START } from '../leads';
import { WAITING_GRACE_SECONDS } from '../waiting';
import { startFailureIn, type StartCode } from './startFailureIn';

const failing = (message: string): Condition => ({
  when: `a container waits with reason CreateContainerError, PreCreateHookError or PreStartHookError, or crashes with reason StartError or ContainerCannotRun, and the message ${message}`,
  alarmAfter: WAITING_GRACE_SECONDS,
  exception: 'a crash is an alarm from its second time on',
});

export const containerStart = defineDetector<StartCode>({
  id: 'container-start',
  title: 'The runtime cannot start a container',
  why: 'Image and configuration are there, but the runtime fails to create the container or to run its command. It never runs, so that there is no log: the message of the runtime is all there is.',
  sources: [
    'https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/',
    'containerd internal/cri/server/container_start.go: exit code 128, reason StartError',
  ],
  messages: {
    'command-not-found': `${CANNOT_START}: container "{{container}}" has no command "{{command}}"`,
    'command-not-executable': `${CANNOT_START}: command "{{command}}" of container "{{container}}" is not executable`,
    'command-unset': `${CANNOT_START}: neither the image nor the pod gives container "{{container}}" a command`,
    'architecture-mismatch': `${CANNOT_START}: container "{{container}}" is built for another processor architecture than its node`,
    'mount-conflict': `${CANNOT_START}: a volume of container "{{container}}" is mounted where the image has something of another type{{said}}`,
    'container-start-failed': `${CANNOT_START}: container "{{container}}" cannot be started{{said}}`,
  },
  remedies: {
    'command-not-found': 'Correct command or args, or the path in the image.',
    'command-not-executable':
      'Set the executable bit in the image, or run the file by its interpreter.',
    'command-unset': 'Set ENTRYPOINT or CMD in the image, or command in the pod template.',
    'architecture-mismatch':
      'Build a multi-architecture image, or select nodes with the label kubernetes.io/arch.',
    'mount-conflict': 'Mount a single file with subPath, or a folder on a folder.',
    'container-start-failed': 'Read the message of the runtime in the evidence.',
  },
  conditions: {
    'command-not-found': failing('says that the executable or file does not exist'),
    'command-not-executable': failing('says that permission to execute it is denied'),
    'command-unset': failing('says that no command is specified'),
    'architecture-mismatch': failing('says exec format error, whatever the reason'),
    'mount-conflict': failing('says that a mount is not a directory'),
    'container-start-failed': failing('says anything else'),
  },
  reads: {
    Pod: {
      fields: ['/spec/restartPolicy', ...containerStatusReads],
    },
  },
  detect: input =>
    collapse(
      input.active.flatMap(pod => [
        ...containersOf(pod).flatMap(view => neverStarted(view, input)),
        ...crashesOf(pod, input.clock).flatMap(
          ({ view, status }) => failsToRun(view, status) ?? [],
        ),
      ]),
      input.active.length,
    ),
});

/** Source: k8s.io/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go */
const CREATE_ERRORS = ['CreateContainerError', 'PreCreateHookError', 'PreStartHookError'];
const START_ERRORS = ['StartError', 'ContainerCannotRun'];

function neverStarted(view: ContainerView, { clock }: DetectorInput): PodFinding<StartCode>[] {
  const { pod, name: container, path, status } = view;
  const { reason = '', message = '' } = status.state?.waiting ?? {};
  if (!CREATE_ERRORS.includes(reason)) return [];
  const at = unreadySince(pod);
  const { code, args } = startFailureIn(message);
  return [
    {
      pod,
      code,
      args: { container, ...args },
      evidence: evidenceIn(pod, `${path}/state/waiting/reason`, `${path}/state/waiting/message`),
      command: describe(pod),
      ...(at && { at }),
      status: clock.lasted(at, WAITING_GRACE_SECONDS) ? 'degraded' : 'progressing',
    },
  ];
}

function failsToRun(
  view: ContainerView,
  status: PodFinding<StartCode>['status'],
): PodFinding<StartCode> | undefined {
  const { pod, name: container } = view;
  const last = lastTerminationOf(view);
  if (!last) return undefined;
  const { reason = '', message = '', finishedAt } = last.termination;
  const wrongArchitecture = /exec format error/.test(message);
  if (!START_ERRORS.includes(reason) && !wrongArchitecture) return undefined;
  const { code, args } = startFailureIn(message);
  return {
    pod,
    code,
    args: { container, ...args },
    evidence: evidenceIn(
      pod,
      `${last.path}/message`,
      `${last.path}/reason`,
      `${last.path}/exitCode`,
    ),
    command: describe(pod),
    ...(finishedAt && { at: finishedAt }),
    status,
  };
}
