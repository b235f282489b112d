import { type PodDisruptionBudget, refOf } from '@waymark/kube-graph';
import type { DisruptionBudgetFacts } from './WorkloadFacts';

/** What nobody has counted yet is left out: none allowed would be a claim. */
export function disruptionBudgetFacts(budget: PodDisruptionBudget): DisruptionBudgetFacts {
  const { disruptionsAllowed, currentHealthy, desiredHealthy } = budget.status ?? {};
  return {
    budget: refOf(budget),
    ...(disruptionsAllowed !== undefined && { disruptionsAllowed }),
    ...(currentHealthy !== undefined && { healthy: currentHealthy }),
    ...(desiredHealthy !== undefined && { desiredHealthy }),
  };
}
