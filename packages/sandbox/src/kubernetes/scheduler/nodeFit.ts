import type { Node, Taint } from '../objects/cluster';
import type { NodeSelectorTerm, Pod, PodAffinityTerm, Toleration } from '../objects/pod';
import { podResources } from '../quantity/podRequests';
import { parseQuantity } from '../quantity/quantity';
import { selects } from '../selectors/LabelSelector';
import { spreadError } from './spread';

export interface NodeState {
  readonly node: Node;
  /** Pods on the node that have not ended. */
  readonly pods: readonly Pod[];
}

/** Why a pod cannot go to a node. */
export interface Misfit {
  readonly reasons: readonly string[];
  /** Removing other pods could make room. */
  readonly preemptible: boolean;
}

const never = (reason: string): Misfit => ({ reasons: [reason], preemptible: false });

/**
 * The first of the scheduler's filters that refuses, in its order and words (pkg/scheduler/framework/plugins), or
 * nothing when the pod fits.
 */
export function misfitOf(
  pod: Pod,
  state: NodeState,
  all: readonly NodeState[],
): Misfit | undefined {
  const { node } = state;
  if (node.spec?.unschedulable) return never('node(s) were unschedulable');
  if (untolerated(node.spec?.taints, pod.spec.tolerations)) {
    return never('node(s) had untolerated taint(s)');
  }
  if (!matchesNode(pod, node)) return never("node(s) didn't match Pod's node affinity/selector");
  return (
    resourceMisfit(pod, state) ?? spreadMisfit(pod, state, all) ?? affinityMisfit(pod, state, all)
  );
}

export const tolerates = (tolerations: readonly Toleration[] = [], taint: Taint): boolean =>
  tolerations.some(
    ({ key, operator = 'Equal', value = '', effect }) =>
      (!effect || effect === taint.effect) &&
      (!key ? operator === 'Exists' : key === taint.key) &&
      (operator === 'Exists' || value === (taint.value ?? '')),
  );

const untolerated = (taints: readonly Taint[] = [], tolerations: readonly Toleration[] = []) =>
  taints.some(taint => taint.effect !== 'PreferNoSchedule' && !tolerates(tolerations, taint));

function matchesNode({ spec }: Pod, { metadata }: Node): boolean {
  const labels = metadata.labels ?? {};
  const selected = Object.entries(spec.nodeSelector ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return selected && (!terms || terms.some(term => matchesTerm(term, labels, metadata.name)));
}

function matchesTerm(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  labels: Record<string, string>,
  name: string,
): boolean {
  const holds = (value: string | undefined, operator: string, values: readonly string[] = []) => {
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      case 'Gt':
        return Number(value) > Number(values[0]);
      default:
        return Number(value) < Number(values[0]);
    }
  };
  return (
    matchExpressions.every(({ key, operator, values }) => holds(labels[key], operator, values)) &&
    matchFields.every(({ operator, values }) => holds(name, operator, values))
  );
}

function resourceMisfit(pod: Pod, { node, pods }: NodeState): Misfit | undefined {
  const allocatable = (resource: string) => parseQuantity(node.status.allocatable[resource] ?? '0');
  const used = pods.map(({ spec }) => podResources(spec));
  const short = Object.entries(podResources(pod.spec)).filter(([resource, amount]) => {
    const taken = used.reduce((sum, requests) => sum + (requests[resource] ?? 0), 0);
    return amount > 0 && amount > allocatable(resource) - taken;
  });
  const reasons = [
    ...(pods.length >= allocatable('pods') ? ['Too many pods'] : []),
    ...short.map(([resource]) => `Insufficient ${resource}`),
  ];
  if (reasons.length === 0) return undefined;
  // More than the whole node has: no preemption helps.
  return {
    reasons,
    preemptible: short.every(([resource, amount]) => amount <= allocatable(resource)),
  };
}

function spreadMisfit(pod: Pod, state: NodeState, all: readonly NodeState[]): Misfit | undefined {
  const reason = spreadError(pod, state, all);
  return reason === undefined
    ? undefined
    : { reasons: [reason], preemptible: !reason.includes('missing') };
}

function affinityMisfit(pod: Pod, state: NodeState, all: readonly NodeState[]): Misfit | undefined {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const wanted = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const unwanted = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const near = (term: PodAffinityTerm) => hasNear(pod, term, state, all);
  if (!wanted.every(near)) return never("node(s) didn't match pod affinity rules");
  if (!unwanted.some(near)) return undefined;
  return { reasons: ["node(s) didn't match pod anti-affinity rules"], preemptible: true };
}

/** Whether a pod that the term selects runs in the same topology domain as this node. */
function hasNear(
  pod: Pod,
  { topologyKey, labelSelector }: PodAffinityTerm,
  { node }: NodeState,
  all: readonly NodeState[],
): boolean {
  const domain = node.metadata.labels?.[topologyKey];
  return all
    .filter(other => domain !== undefined && other.node.metadata.labels?.[topologyKey] === domain)
    .flatMap(({ pods }) => pods)
    .some(
      other =>
        other.metadata.namespace === pod.metadata.namespace &&
        selects(labelSelector, other.metadata.labels),
    );
}
