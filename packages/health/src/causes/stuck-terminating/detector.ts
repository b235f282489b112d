import type { KubeObject, Pod } from '@waymark/kube-graph';
import { isReady, conditionReads } from '../../pods/podState';
import type { Clock } from '../../verdict/Clock';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type Detected } from '../Detector';
import { evidenceIn } from '../evidence';
import { describe, kubectl } from '../kubectl';

type Code =
  'deletion-blocked' | 'deletion-unfinished' | 'pods-stuck-terminating' | 'pods-held-by-finalizer';

/** Deletion may take this long after the grace period. Source: consolidated rules, row "deleted". */
const MARGIN_SECONDS = 60;

const overdue = (state: string): Condition => ({
  when: state,
  saidAfter: MARGIN_SECONDS,
  exception: 'the time counts from the end of the grace period, for several pods from the first',
});

export const stuckTerminating = defineDetector<Code>({
  id: 'stuck-terminating',
  title: 'A deletion does not end',
  why: 'A deleted object stays until its finalizers are gone, a deleted pod also until its node says that the containers have ended. A lost node or a controller that is not there any more never says so.',
  sources: [
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
  ],
  messages: {
    'deletion-blocked':
      '{{workload}} is being deleted, and finalizer "{{finalizer}}" does not let it go',
    'deletion-unfinished': '{{workload}} is being deleted and does not end',
    'pods-stuck-terminating':
      '{{pods}} of the pods of {{workload}} are being deleted and do not end; they ran on node "{{node}}"',
    'pods-held-by-finalizer':
      '{{pods}} of the pods of {{workload}} are being deleted, and finalizer "{{finalizer}}" does not let them go',
  },
  remedies: {
    'deletion-blocked':
      'Find the controller that owns the finalizer; remove the finalizer by hand only if it is gone for good.',
    'deletion-unfinished':
      'Look at the node of a pod, and at what another kind owns: the end of both must be confirmed first.',
    'pods-stuck-terminating':
      'Look at the node: if it is gone for good, delete the Node, and the pods go with it.',
    'pods-held-by-finalizer':
      'Find the controller that owns the finalizer; remove the finalizer by hand only if it is gone for good.',
  },
  conditions: {
    'deletion-blocked': overdue('the object has a `deletionTimestamp` and a finalizer'),
    'deletion-unfinished': overdue('the object has a `deletionTimestamp` and no finalizer'),
    'pods-stuck-terminating': overdue('a pod of the workload has a `deletionTimestamp`'),
    'pods-held-by-finalizer': overdue(
      'a pod of the workload has a `deletionTimestamp` and a finalizer, and is not ready',
    ),
  },
  reads: {
    Pod: {
      fields: ['/metadata/deletionTimestamp', '/metadata/finalizers', ...conditionReads],
    },
  },
  *detect({ pods, clock }) {
    const findings = pods.filter(pod => isStuck(pod, clock)).map(findingOf);
    yield* collapse(findings, pods.length);
  },
});

/**
 * `deletionTimestamp` is when the object will be gone, the grace period of a pod included.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */
export const isStuck = ({ metadata }: KubeObject, clock: Clock) =>
  clock.lasted(metadata.deletionTimestamp, MARGIN_SECONDS);

/** The same for a workload that is itself being deleted. */
export function blockedDeletion(object: KubeObject): Detected<Code>['cause'] {
  const { deletionTimestamp: at, finalizers: [finalizer] = [] } = object.metadata;
  return {
    code: finalizer ? 'deletion-blocked' : 'deletion-unfinished',
    args: finalizer ? { finalizer } : {},
    evidence: evidenceIn(object, '/metadata/deletionTimestamp', '/metadata/finalizers/0'),
    command: kubectl(object, 'get', object.kind.toLowerCase(), object.metadata.name, '-o', 'yaml'),
    ...(at && { at }),
  };
}

function findingOf(pod: Pod): PodFinding<Code> {
  const { deletionTimestamp: at, finalizers = [] } = pod.metadata;
  const held = finalizers.length > 0 && !isReady(pod);
  return {
    pod,
    code: held ? 'pods-held-by-finalizer' : 'pods-stuck-terminating',
    args: held ? { finalizer: finalizers[0] } : { node: pod.spec?.nodeName ?? '' },
    evidence: evidenceIn(pod, '/metadata/deletionTimestamp', '/metadata/finalizers/0'),
    command: describe(pod),
    ...(at && { at }),
    status: 'degraded',
  };
}
