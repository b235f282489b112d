import type { Deployment } from '@waymark/kube-graph';
import { conditionOf, conditionPath, conditionReads } from '../../pods/podState';
import { defineDetector, type Detected } from '../Detector';
import { evidenceIn } from '../evidence';
import { kubectl } from '../kubectl';

type Code = 'rollout-deadline-exceeded';

/** API default. Source: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds */
export const DEFAULT_DEADLINE_SECONDS = 600;

export const rolloutStuck = defineDetector<Code>({
  id: 'rollout-stuck',
  title: 'A rollout does not end',
  why: 'A Deployment whose newest ReplicaSet makes no progress within its deadline says so, and goes on trying. The deadline ends with the rollout: what breaks later never shows here.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment',
    'kstatus: ProgressDeadlineExceeded is Failed',
  ],
  messages: {
    'rollout-deadline-exceeded':
      '{{workload}} did not finish its rollout within {{deadline}} s: {{updated}} of {{desired}} new pods exist, {{available}} pods are available',
  },
  remedies: {
    'rollout-deadline-exceeded':
      'Look at the newest pods. Undo the rollout, or revert in Git where Argo CD syncs, if the old version served well.',
  },
  conditions: {
    'rollout-deadline-exceeded': {
      when: `condition Progressing of the Deployment is False with reason ProgressDeadlineExceeded, that is after \`spec.progressDeadlineSeconds\`, ${DEFAULT_DEADLINE_SECONDS} s where it is not set`,
    },
  },
  reads: {
    Deployment: {
      fields: [
        '/spec/replicas',
        '/spec/progressDeadlineSeconds',
        '/status/updatedReplicas',
        '/status/availableReplicas',
        ...conditionReads,
      ],
    },
  },
  *detect({ workload }) {
    if (workload.kind === 'Deployment') yield* deadline(workload);
  },
});

function* deadline(deployment: Deployment): Iterable<Detected<Code>> {
  const progressing = conditionOf(deployment, 'Progressing');
  if (progressing?.status !== 'False' || progressing.reason !== 'ProgressDeadlineExceeded') return;
  const { spec, status } = deployment;
  yield {
    status: 'degraded',
    cause: {
      code: 'rollout-deadline-exceeded',
      args: {
        deadline: spec?.progressDeadlineSeconds ?? DEFAULT_DEADLINE_SECONDS,
        updated: status?.updatedReplicas ?? 0,
        desired: spec?.replicas ?? 1,
        available: status?.availableReplicas ?? 0,
      },
      evidence: evidenceIn(
        deployment,
        conditionPath(deployment, 'Progressing', 'reason'),
        conditionPath(deployment, 'Progressing', 'message'),
      ),
      command: kubectl(deployment, 'rollout', 'status', `deployment/${deployment.metadata.name}`),
      ...(progressing.lastTransitionTime && { at: progressing.lastTransitionTime }),
    },
  };
}
