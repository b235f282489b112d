import { type Container } from '@waymark/kube-graph';
import { containersOf, type ContainerView, containerStatusReads } from '../../pods/containers';
import { unreadySince } from '../../pods/podState';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn } from '../evidence';
import { describe } from '../kubectl';
import { CANNOT_START } from '../leads';
import { WAITING_GRACE_SECONDS } from '../waiting';
import { isImageReason, pullFailureOf, type ImageCode } from './pullFailureOf';

const PULL =
  'ErrImagePull or ImagePullBackOff, and its message (before Kubernetes 1.31 that of the event)';

const waiting = (reason: string): Condition => ({
  when: `a container waits with reason ${reason}`,
  alarmAfter: WAITING_GRACE_SECONDS,
});

export const imagePull = defineDetector<ImageCode>({
  id: 'image-pull',
  title: 'An image cannot be pulled',
  why: 'The kubelet asks the registry for the image before it can create the container, and tries again with growing pauses. The reason it shows alternates between ErrImagePull and ImagePullBackOff; only the message tells what the registry answered.',
  sources: [
    'https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff',
    'k8s.io/kubernetes pkg/kubelet/images/types.go',
  ],
  messages: {
    'image-not-found': `${CANNOT_START}: the registry has no image "{{image}}"`,
    'image-access-denied': `${CANNOT_START}: the registry denies access to image "{{image}}"`,
    'image-rate-limited': `${CANNOT_START}: the registry limits the rate of pulls of image "{{image}}"`,
    'image-name-invalid': `${CANNOT_START}: "{{image}}" is not a valid image name`,
    'image-platform-missing': `${CANNOT_START}: image "{{image}}" is not built for the platform of its node`,
    'image-pull-forbidden': `${CANNOT_START}: image "{{image}}" is not on the node, and imagePullPolicy Never forbids pulling it`,
    'image-node-disk-full': `${CANNOT_START}: the disk of its node is too full for image "{{image}}"`,
    'image-registry-unreachable': `${CANNOT_START}: the registry of image "{{image}}" cannot be reached`,
    'image-pull-failed': `${CANNOT_START}: image "{{image}}" cannot be pulled{{said}}`,
  },
  remedies: {
    'image-not-found': 'Check that the build pushed this tag, and correct repository or tag.',
    'image-access-denied':
      'Check that the repository exists, the imagePullSecrets of the pod or its service account, and on EKS the ECR permissions of the node role.',
    'image-rate-limited':
      'Authenticate the pulls, or pull through a mirror such as an ECR pull-through cache.',
    'image-name-invalid':
      'Correct the image name: lower case, one tag after the colon, no scheme in front.',
    'image-platform-missing':
      'Build a multi-architecture image, or select nodes of the platform that the image has.',
    'image-pull-forbidden': 'Set imagePullPolicy to IfNotPresent, or load the image onto the node.',
    'image-node-disk-full':
      'Look at the DiskPressure condition of the node, and give it a larger volume or smaller images.',
    'image-registry-unreachable':
      'Check name resolution and egress from the nodes to the registry, and whether it is up.',
    'image-pull-failed': 'Read the message of the registry in the evidence.',
  },
  conditions: {
    'image-not-found': waiting(`${PULL} says that the image or its repository is not found`),
    'image-access-denied': waiting(`${PULL} says 401, 403, unauthorized or denied`),
    'image-rate-limited': waiting(`${PULL} says that there are too many requests`),
    'image-name-invalid': waiting('InvalidImageName'),
    'image-platform-missing': waiting(`${PULL} says that no manifest matches the platform`),
    'image-pull-forbidden': waiting('ErrImageNeverPull'),
    'image-node-disk-full': waiting(`${PULL} says that no space is left on the device`),
    'image-registry-unreachable': waiting(
      `${PULL} speaks of a name, a connection, a certificate, a timeout or a server error`,
    ),
    'image-pull-failed': waiting(`${PULL} says anything else`),
  },
  reads: {
    Pod: {
      fields: ['/spec/containers/image', '/spec/initContainers/image', ...containerStatusReads],
    },
  },
  detect: input =>
    collapse(
      input.active.flatMap(pod => containersOf(pod)).flatMap(view => findingOf(view, input)),
      input.active.length,
    ),
});

function findingOf(view: ContainerView, { graph, clock }: DetectorInput): PodFinding<ImageCode>[] {
  const { pod, status, spec, path } = view;
  const { reason, message } = status.state?.waiting ?? {};
  if (!isImageReason(reason)) return [];
  // Before 1.31 the back-off message does not repeat what the registry said; the event does.
  const event = pullErrorIn(message)
    ? undefined
    : graph.warningsOf(pod).find(candidate => namesImage(candidate.message, spec));
  const image = spec?.image ?? status.image;
  const { code, said } = pullFailureOf(reason, event?.message ?? message, image);
  const at = unreadySince(pod);
  return [
    {
      pod,
      code,
      args: {
        image: image ?? status.name,
        ...(said !== undefined && { said }),
      },
      evidence: [
        ...evidenceIn(pod, `${path}/state/waiting/reason`, `${path}/state/waiting/message`),
        ...(event ? evidenceIn(event, '/message') : []),
      ],
      command: describe(pod),
      ...(at && { at }),
      status: clock.lasted(at, WAITING_GRACE_SECONDS) ? 'degraded' : 'progressing',
    },
  ];
}

const pullErrorIn = (message: string | undefined) =>
  !/^Back-off pulling image "[^"]*"$/.test(message ?? '');

const namesImage = (message = '', spec?: Container) =>
  message.startsWith('Failed to pull image') && message.includes(`"${spec?.image}"`);
