import type { Pod, StatefulSet } from '@waymark/kube-graph';
import { conditionPath, isReady, unreadySince, conditionReads } from '../../pods/podState';
import { defineDetector, type Detected, type DetectorInput } from '../Detector';
import { evidenceIn } from '../evidence';
import { describe } from '../kubectl';

type Code = 'rollout-waits-for-old-pod';

/** Source: kubectl-status, StatefulSet rollback trap: unready for more than 10 minutes. */
const TRAP_SECONDS = 600;

export const rollbackTrap = defineDetector<Code>({
  id: 'rollback-trap',
  title: 'A StatefulSet waits for a broken pod of an earlier revision',
  why: 'A StatefulSet goes on to the next pod only when this one is ready, and it does not replace a broken one: after a bad update, going back to the good template does not help the pod that the bad one left behind.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback',
    'kubectl-status: rollback trap',
  ],
  messages: {
    'rollout-waits-for-old-pod':
      '{{workload}} cannot roll on: pod "{{pod}}" of another revision is not ready, and its StatefulSet waits for it',
  },
  remedies: {
    'rollout-waits-for-old-pod':
      'Delete the pod: the StatefulSet makes it again in the present revision.',
  },
  conditions: {
    'rollout-waits-for-old-pod': {
      when: 'the first pod of the StatefulSet that is not ready has another label controller-revision-hash than `status.updateRevision`; not with podManagementPolicy Parallel or updateStrategy OnDelete',
      saidAfter: TRAP_SECONDS,
    },
  },
  reads: {
    StatefulSet: {
      fields: ['/spec/podManagementPolicy', '/spec/updateStrategy', '/status/updateRevision'],
    },
    Pod: { fields: [...conditionReads, '/status/startTime'] },
  },
  *detect(input) {
    if (input.workload.kind === 'StatefulSet') yield* trapOf(input.workload, input);
  },
});

function* trapOf(
  { spec, status }: StatefulSet,
  { active, clock }: DetectorInput,
): Iterable<Detected<Code>> {
  if (spec?.podManagementPolicy === 'Parallel' || spec?.updateStrategy?.type === 'OnDelete') return;
  const partition = spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  const [pod] = active
    .filter(candidate => !isReady(candidate) && ordinalOf(candidate) >= partition)
    .sort((a, b) => ordinalOf(a) - ordinalOf(b));
  const revision = pod?.metadata.labels?.['controller-revision-hash'];
  if (!revision || !status?.updateRevision || revision === status.updateRevision) return;
  const at = unreadySince(pod);
  if (!clock.lasted(at, TRAP_SECONDS)) return;
  yield {
    status: 'degraded',
    cause: {
      code: 'rollout-waits-for-old-pod',
      args: { pod: pod.metadata.name },
      evidence: [
        ...evidenceIn(pod, '/metadata/labels/controller-revision-hash'),
        ...evidenceIn(pod, conditionPath(pod, 'Ready', 'status')),
      ],
      command: describe(pod),
      ...(at && { at }),
      affected: { pods: 1, of: active.length },
    },
  };
}

const ordinalOf = ({ metadata }: Pod) =>
  Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));
