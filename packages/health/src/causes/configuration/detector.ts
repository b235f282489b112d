import { configReferences, type ConfigReference, type Pod, refTo } from '@waymark/kube-graph';
import { containersOf, type ContainerView, containerStatusReads } from '../../pods/containers';
import { unreadySince } from '../../pods/podState';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn, said } from '../evidence';
import { describe, kubectl } from '../kubectl';
import { CANNOT_START } from '../leads';
import { WAITING_GRACE_SECONDS } from '../waiting';
import { missingIn, missingVolumeSource, type Missing } from './missingConfiguration';

type Code = Missing['code'] | 'root-refused' | 'container-config-failed';

const refused = (message: string): Condition => ({
  when: `a container waits with reason CreateContainerConfigError, and its message ${message}`,
  alarmAfter: WAITING_GRACE_SECONDS,
});

export const configuration = defineDetector<Code>({
  id: 'configuration',
  title: 'A ConfigMap, a Secret or one of its keys is missing',
  why: 'The kubelet puts the environment and the files of a container together before it creates it. A reference that is not optional and leads nowhere stops it, and it tries again until the object is there.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/configmap/',
    'k8s.io/kubernetes pkg/kubelet/kubelet_pods.go makeEnvironmentVariables',
    'k8s.io/kubernetes pkg/volume/configmap and pkg/volume/secret',
  ],
  messages: {
    'configmap-missing': `${CANNOT_START}: ConfigMap "{{name}}" does not exist`,
    'configmap-key-missing': `${CANNOT_START}: ConfigMap "{{name}}" has no key "{{key}}"`,
    'secret-missing': `${CANNOT_START}: Secret "{{name}}" does not exist`,
    'secret-key-missing': `${CANNOT_START}: Secret "{{name}}" has no key "{{key}}"`,
    'root-refused': `${CANNOT_START}: container "{{container}}" would run as root, and runAsNonRoot forbids it`,
    'container-config-failed': `${CANNOT_START}: the configuration of container "{{container}}" is refused{{said}}`,
  },
  remedies: {
    'configmap-missing':
      'Create the ConfigMap in this namespace, or correct the name; mark the reference optional if the service runs without it.',
    'configmap-key-missing':
      'Add the key to the ConfigMap, or correct it where the pod template names it.',
    'secret-missing':
      'Create the Secret, or find out why what should create it (External Secrets, the Secrets Store driver) did not.',
    'secret-key-missing':
      'Add the key to the Secret at its source, or correct it where the pod template names it.',
    'root-refused': 'Set runAsUser to a numeric user other than 0, or USER in the image.',
    'container-config-failed': 'Read the message of the kubelet in the evidence.',
  },
  conditions: {
    'configmap-missing': refused(
      'says that the ConfigMap is not found, or it waits for a volume of a ConfigMap that does not exist',
    ),
    'configmap-key-missing': refused(
      'names the key and the ConfigMap, or an event says so of a volume',
    ),
    'secret-missing': refused(
      'says that the Secret is not found, or an event says so of a volume; Secrets themselves are never read',
    ),
    'secret-key-missing': refused('names the key and the Secret, or an event says so of a volume'),
    'root-refused': refused('speaks of runAsNonRoot'),
    'container-config-failed': refused('says anything else'),
  },
  reads: {
    Pod: { fields: [...containerStatusReads] },
  },
  detect: input =>
    collapse(
      input.active.flatMap(pod => [
        ...containersOf(pod).flatMap(view => ofContainer(view, input)),
        ...ofVolumes(pod, input),
      ]),
      input.active.length,
    ),
});

function ofContainer(view: ContainerView, input: DetectorInput): PodFinding<Code>[] {
  const { pod, status, path } = view;
  const { reason, message = '' } = status.state?.waiting ?? {};
  if (reason !== 'CreateContainerConfigError') return [];
  const evidence = evidenceIn(pod, `${path}/state/waiting/message`);
  const missing = missingIn(message);
  if (missing) return [naming(missing, pod, evidence, input)];
  const container = status.name;
  return [
    /non-?root/i.test(message)
      ? { ...head(pod, input), code: 'root-refused', args: { container }, evidence }
      : {
          ...head(pod, input),
          code: 'container-config-failed',
          args: { container, said: said(message) },
          evidence,
        },
  ];
}

/** Without its volumes no container of the pod is created: the graph knows what is missing, and the event says it too. */
function ofVolumes(pod: Pod, input: DetectorInput): PodFinding<Code>[] {
  if (!containersOf(pod).some(isWaitingForVolumes)) return [];
  const references = configReferences(pod).filter(
    ({ use, optional }) => use === 'volume' && !optional,
  );
  if (!references.length) return [];
  const absent = references.find(reference => isAbsent(reference, pod, input));
  if (absent) return [naming({ code: 'configmap-missing', name: absent.name }, pod, [], input)];
  for (const event of input.graph.warningsOf(pod)) {
    const missing = missingVolumeSource(event.message ?? '', pod);
    if (missing) return [naming(missing, pod, evidenceIn(event, '/message'), input)];
  }
  return [];
}

const isWaitingForVolumes = ({ status }: ContainerView) =>
  ['ContainerCreating', 'PodInitializing'].includes(status.state?.waiting?.reason ?? '');

const isAbsent = ({ kind, name }: ConfigReference, { metadata }: Pod, { graph }: DetectorInput) =>
  kind === 'ConfigMap' &&
  !graph.get('ConfigMap', metadata.namespace, name) &&
  graph.knows('ConfigMap');

function naming(
  missing: Missing,
  pod: Pod,
  evidence: PodFinding<Code>['evidence'],
  input: DetectorInput,
): PodFinding<Code> {
  const { code, name, key } = missing;
  const kind = code.startsWith('configmap') ? 'ConfigMap' : 'Secret';
  const reference = configReferences(pod).find(
    candidate => candidate.kind === kind && candidate.name === name && candidate.key === key,
  );
  const object = refTo(kind, pod.metadata.namespace, name);
  return {
    ...head(pod, input),
    code,
    args: { name, ...(key && { key }) },
    evidence: [...evidence, ...(reference ? evidenceIn(pod, ...namesIn(reference.path)) : [])],
    // The values of a Secret are nobody's business here: `describe` prints its keys and their sizes.
    command:
      kind === 'ConfigMap'
        ? kubectl(pod, 'get', 'configmap', object.name, '-o', 'yaml')
        : kubectl(pod, 'describe', 'secret', object.name),
  };
}

const namesIn = (path: string) => [`${path}/name`, `${path}/secretName`, `${path}/key`];

function head(pod: Pod, { clock }: DetectorInput) {
  const at = unreadySince(pod);
  return {
    pod,
    command: describe(pod),
    ...(at && { at }),
    status: clock.lasted(at, WAITING_GRACE_SECONDS) ? 'degraded' : 'progressing',
  } as const;
}
