import type { Event, Pod } from '@waymark/kube-graph';
import { containersOf, containerStatusReads } from '../../pods/containers';
import { unreadySince } from '../../pods/podState';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn, said } from '../evidence';
import { describe } from '../kubectl';
import { CANNOT_START } from '../leads';
import { WAITING_GRACE_SECONDS } from '../waiting';
import { missingVolumeSource } from '../configuration/missingConfiguration';

type Code =
  | 'secret-class-missing'
  | 'csi-driver-missing'
  | 'secrets-store-failed'
  | 'volume-in-use'
  | 'volume-attach-failed'
  | 'volume-mount-failed'
  | 'pod-address-missing'
  | 'pod-sandbox-failed';

const WAITS =
  'a container waits with reason ContainerCreating or PodInitializing, and a warning event of its pod';

const missing = (event: string): Condition => ({
  when: `${WAITS} ${event}`,
  alarmAfter: WAITING_GRACE_SECONDS,
});

const failing = (event: string): Condition => ({
  when: `${WAITS} ${event}`,
  saidAfter: WAITING_GRACE_SECONDS,
});

export const volumeMount = defineDetector<Code>({
  id: 'volume-mount',
  title: 'A volume or the network of a pod cannot be set up',
  why: 'Before any container is created, the node attaches and mounts the volumes of the pod and gives it a network address. Meanwhile the pod shows ContainerCreating; only its events say what fails.',
  sources: [
    'https://kubernetes.io/docs/concepts/storage/volumes/',
    'https://secrets-store-csi-driver.sigs.k8s.io/troubleshooting',
    'k8sgpt pkg/analyzer/pod.go: ContainerCreating with FailedMount or FailedCreatePodSandBox',
  ],
  messages: {
    'secret-class-missing': `${CANNOT_START}: SecretProviderClass "{{name}}" does not exist`,
    'csi-driver-missing': `${CANNOT_START}: CSI driver "{{name}}" is not installed on its node`,
    'secrets-store-failed': `${CANNOT_START}: the Secrets Store driver cannot fetch its secrets{{said}}`,
    'volume-in-use': `${CANNOT_START}: its volume is still attached to another node{{said}}`,
    'volume-attach-failed': `${CANNOT_START}: a volume cannot be attached to its node{{said}}`,
    'volume-mount-failed': `${CANNOT_START}: volume "{{volume}}" cannot be mounted{{said}}`,
    'pod-address-missing': `${CANNOT_START}: its node has no free pod address`,
    'pod-sandbox-failed': `${CANNOT_START}: the network of the pod cannot be set up{{said}}`,
  },
  remedies: {
    'secret-class-missing':
      'Create the SecretProviderClass in this namespace, or correct its name in the volume.',
    'csi-driver-missing':
      'Install the driver, or make its DaemonSet tolerate the taints of the node.',
    'secrets-store-failed':
      'Check the role of the service account (Pod Identity association or IRSA) and the names of the secrets.',
    'volume-in-use':
      'Wait for the old pod to be gone, or end it; a volume for one node needs strategy Recreate or a StatefulSet.',
    'volume-attach-failed': 'Read the events of the pod, and the volume attachments of the node.',
    'volume-mount-failed': 'Read the events of the pod.',
    'pod-address-missing':
      'Add subnet space or prefix delegation for the VPC CNI, or lower the pods per node.',
    'pod-sandbox-failed': 'Look at the CNI pods on the node.',
  },
  conditions: {
    'secret-class-missing': missing('says that the SecretProviderClass cannot be got'),
    'csi-driver-missing': missing('says that the driver is not registered'),
    'secrets-store-failed': failing('comes from the Secrets Store driver'),
    'volume-in-use': failing('says Multi-Attach error'),
    'volume-attach-failed': failing('has reason FailedAttachVolume'),
    'volume-mount-failed': failing('has reason FailedMount or FailedMapVolume'),
    'pod-address-missing': failing(
      'has reason FailedCreatePodSandBox and says that no address is free',
    ),
    'pod-sandbox-failed': failing('has reason FailedCreatePodSandBox'),
  },
  reads: {
    Pod: { fields: [...containerStatusReads] },
  },
  detect: input =>
    collapse(
      input.active.flatMap(pod => findingOf(pod, input)),
      input.active.length,
    ),
});

const REASONS = ['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedCreatePodSandBox'];

function findingOf(pod: Pod, { graph, clock }: DetectorInput): PodFinding<Code>[] {
  const waiting = containersOf(pod).some(({ status }) =>
    ['ContainerCreating', 'PodInitializing'].includes(status.state?.waiting?.reason ?? ''),
  );
  if (!waiting) return [];
  const event = graph
    .warningsOf(pod)
    .filter(({ reason = '' }) => REASONS.includes(reason))
    .find(({ message = '' }) => !missingVolumeSource(message, pod));
  const classified = event && classify(event);
  // A first failed attempt is ordinary while a volume is still being attached: nothing is said until the grace is over.
  const at = unreadySince(pod);
  if (!classified || (!classified.certain && !clock.lasted(at, WAITING_GRACE_SECONDS))) return [];
  const { code, args } = classified;
  return [
    {
      pod,
      code,
      args,
      evidence: evidenceIn(event, '/reason', '/message'),
      command: describe(pod),
      ...(at && { at }),
      status: clock.lasted(at, WAITING_GRACE_SECONDS) ? 'degraded' : 'progressing',
    },
  ];
}

interface Classified {
  readonly code: Code;
  readonly args: Readonly<Record<string, string>>;
  /** Waiting does not help: something is not there. */
  readonly certain: boolean;
}

function classify({ reason, message = '' }: Event): Classified {
  const secretClass = /failed to get secretproviderclass \S+?\/([^\s,]+)/i.exec(message);
  if (secretClass) return certain('secret-class-missing', { name: secretClass[1] });
  const driver = /driver name (\S+) not found in the list of registered CSI drivers/i.exec(message);
  if (driver) return certain('csi-driver-missing', { name: driver[1] });
  if (/secrets store objects|secrets-store/i.test(message))
    return maybe('secrets-store-failed', { said: said(causeIn(message)) });
  if (/Multi-Attach error/i.test(message))
    return maybe('volume-in-use', { said: said(causeIn(message)) });
  if (reason === 'FailedAttachVolume')
    return maybe('volume-attach-failed', { said: said(causeIn(message)) });
  if (reason === 'FailedCreatePodSandBox')
    return /assign an IP address|InsufficientFreeAddresses|no available IP/i.test(message)
      ? maybe('pod-address-missing', {})
      : maybe('pod-sandbox-failed', { said: said(causeIn(message)) });
  const volume = /volume "([^"]+)"|unmounted volumes=\[([^\]]+)\]/.exec(message);
  return maybe('volume-mount-failed', {
    volume: volume?.[1] ?? volume?.[2] ?? '',
    said: said(causeIn(message)),
  });
}

const certain = (code: Code, args: Classified['args']): Classified => ({
  code,
  args,
  certain: true,
});
const maybe = (code: Code, args: Classified['args']): Classified => ({
  code,
  args,
  certain: false,
});

/** Without identifiers that differ from pod to pod. */
const causeIn = (message: string) =>
  message
    .replace(/^MountVolume\.\S+ failed for volume "[^"]*" ?: /, '')
    .replace(/rpc error: code = \w+ desc = /g, '')
    .replace(/for pod [^\s,]+,? ?/g, '')
    .replace(
      /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32,}\b/g,
      '…',
    );
