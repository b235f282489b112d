import { podTemplateOf, type Workload } from '@waymark/kube-graph';

/**
 * Labels of nodes that run on spot capacity, with the value that says so.
 * Sources: https://karpenter.sh/docs/concepts/nodepools/#capacity-type,
 * https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
const SPOT: Readonly<Record<string, string>> = {
  'karpenter.sh/capacity-type': 'spot',
  'eks.amazonaws.com/capacityType': 'SPOT',
};

/** Whether a workload asks for spot nodes, by node selector or by required node affinity. */
export function onSpot(workload: Workload): boolean {
  const { nodeSelector = {}, affinity } = podTemplateOf(workload).spec;
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return Object.entries(SPOT).some(
    ([label, spot]) =>
      nodeSelector[label] === spot ||
      terms.some(({ matchExpressions = [] }) =>
        matchExpressions.some(
          ({ key, operator, values = [] }) =>
            key === label && operator === 'In' && values.includes(spot),
        ),
      ),
  );
}
