import type { Node, Pod, PodDisruptionBudget } from '@waymark/kube-graph';
import { conditionOf, latest } from '../../pods/podState';
import type { Clock } from '../../verdict/Clock';
import type { ConsultedGraph } from '../../verdict/ConsultedGraph';
import type { Detected } from '../Detector';
import { evidenceIn } from '../evidence';
import { describe } from '../kubectl';

/** Source: readiness rule live-drain-blocked, "disruptionsAllowed 0 > 10 min and node cordoned". */
export const BLOCKED_SECONDS = 600;

/**
 * A refused eviction leaves no event: a budget that allows no disruption, and a cordoned node under one of its pods, are
 * all the evidence. A budget that has just been used up allows the next disruption when the replacement is ready; one
 * that could not allow any even with every pod healthy blocks for good, and is told at once.
 */
export function* drainFaults(
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  graph: ConsultedGraph,
  clock: Clock,
): Iterable<Detected<'drain-blocked'>> {
  const { disruptionsAllowed, currentHealthy = 0, expectedPods = 0 } = budget.status ?? {};
  if (disruptionsAllowed !== 0 || expectedPods === 0) return;
  const cordoned = pods.map(pod => graph.nodeOf(pod)).find(node => node?.spec?.unschedulable);
  if (!cordoned) return;
  const at = latest(
    conditionOf(budget, 'DisruptionAllowed')?.lastTransitionTime,
    cordonedAt(cordoned),
  );
  const lasted = clock.lasted(at, BLOCKED_SECONDS);
  if (!lasted && currentHealthy < expectedPods) return;
  yield {
    status: lasted ? 'degraded' : 'progressing',
    cause: {
      code: 'drain-blocked',
      args: {
        budget: budget.metadata.name,
        node: cordoned.metadata.name,
        healthy: currentHealthy,
        required: budget.status?.desiredHealthy ?? 0,
      },
      evidence: [
        ...evidenceIn(budget, '/status/disruptionsAllowed', '/status/desiredHealthy'),
        ...evidenceIn(cordoned, '/spec/unschedulable'),
      ],
      command: describe(budget),
      ...(at && { at }),
    },
  };
}

const cordonedAt = ({ spec }: Node) =>
  spec?.taints?.find(({ key }) => key === 'node.kubernetes.io/unschedulable')?.timeAdded;
