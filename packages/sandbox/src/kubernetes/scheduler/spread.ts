import type { Pod, SpreadConstraint } from '../objects/pod';
import { selects } from '../selectors/LabelSelector';
import type { NodeState } from './nodeFit';

/** Why a hard topology spread constraint refuses the node, or nothing. */
export function spreadError(
  pod: Pod,
  state: NodeState,
  all: readonly NodeState[],
): string | undefined {
  for (const constraint of pod.spec.topologySpreadConstraints ?? []) {
    if (constraint.whenUnsatisfiable !== 'DoNotSchedule') continue;
    const domain = state.node.metadata.labels?.[constraint.topologyKey];
    if (domain === undefined) {
      return "node(s) didn't match pod topology spread constraints (missing required label)";
    }
    const counts = countsOf(pod, constraint, all);
    const skew = (counts.get(domain) ?? 0) + 1 - Math.min(...counts.values());
    if (skew > constraint.maxSkew) {
      return "node(s) didn't match pod topology spread constraints";
    }
  }
  return undefined;
}

/** How many pods of the constraint each topology domain already holds. */
export function countsOf(
  pod: Pod,
  { topologyKey, labelSelector }: Pick<SpreadConstraint, 'topologyKey' | 'labelSelector'>,
  all: readonly NodeState[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { node, pods } of all) {
    const domain = node.metadata.labels?.[topologyKey];
    if (domain === undefined) continue;
    const matching = pods.filter(
      ({ metadata }) =>
        metadata.namespace === pod.metadata.namespace && selects(labelSelector, metadata.labels),
    );
    counts.set(domain, (counts.get(domain) ?? 0) + matching.length);
  }
  return counts;
}
