import type { PodDisruptionBudget } from '@waymark/kube-graph';
import type { Detected } from '../causes/Detector';
import { drainFaults } from '../causes/drain-blocked/drainFaults';
import { evidenceIn } from '../causes/evidence';
import { describe } from '../causes/kubectl';
import { isActive } from '../pods/podState';
import { alone } from '../verdict/Standing';
import type { KindJudge } from './SubjectJudge';

/**
 * A budget that is used up does what it is for; that its pods are not healthy is their fault. It stands badly only when
 * the controller cannot compute it, or when it keeps a node from being drained.
 * Source: Argo CD resource_customizations/policy/PodDisruptionBudget/health.lua
 */
export const podDisruptionBudget: KindJudge<PodDisruptionBudget> = {
  reads: {
    PodDisruptionBudget: { fields: ['/spec', '/status'] },
    Pod: { fields: ['/spec/nodeName', '/status/phase'] },
  },
  standing: ({ subject }) =>
    alone(subject.status?.observedGeneration === undefined ? 'progressing' : 'healthy'),
  *faults({ subject, graph, clock }) {
    yield* syncFailure(subject);
    if (subject.status?.disruptionsAllowed !== 0 || !subject.spec?.selector) return;
    const pods = graph.podsMatching(subject.metadata.namespace ?? '', subject.spec.selector);
    yield* drainFaults(subject, pods.filter(isActive), graph, clock);
  },
};

function* syncFailure(budget: PodDisruptionBudget): Iterable<Detected> {
  const index = (budget.status?.conditions ?? []).findIndex(
    ({ status, reason }) => status === 'False' && reason === 'SyncFailed',
  );
  const failure = budget.status?.conditions?.[index];
  if (!failure) return;
  yield {
    status: 'degraded',
    cause: {
      code: 'budget-sync-failed',
      args: { budget: budget.metadata.name },
      evidence: evidenceIn(
        budget,
        `/status/conditions/${index}/reason`,
        `/status/conditions/${index}/message`,
      ),
      command: describe(budget),
      ...(failure.lastTransitionTime && { at: failure.lastTransitionTime }),
    },
  };
}
