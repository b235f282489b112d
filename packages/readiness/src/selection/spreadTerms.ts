import {
  type LabelSelector,
  matchesLabels,
  type PodAffinityTerm,
  podTemplateOf,
  type Workload,
} from '@waymark/kube-graph';

/** One thing in a pod template that is meant to keep its pods apart. */
export interface SpreadTerm {
  readonly topologyKey: string;
  /** Its selector matches the pod's own labels; otherwise it keeps the pods apart from others, or does nothing. */
  readonly ownPods: boolean;
}

/** Topology spread constraints and pod anti-affinity, required and preferred. */
export function spreadTerms(workload: Workload): SpreadTerm[] {
  const { metadata, spec } = podTemplateOf(workload);
  const { podAntiAffinity } = spec.affinity ?? {};
  const required = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const preferred = podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const isOwn = (selector: LabelSelector | undefined) => matchesLabels(selector, metadata?.labels);
  return [
    ...(spec.topologySpreadConstraints ?? []).map(({ topologyKey, labelSelector }) => ({
      topologyKey,
      ownPods: isOwn(labelSelector),
    })),
    ...[...required, ...preferred.map(({ podAffinityTerm }) => podAffinityTerm)].map(term => ({
      topologyKey: term.topologyKey,
      ownPods: isOwn(term.labelSelector) && !leavesOut(term, workload.metadata.namespace),
    })),
  ];
}

/** A list of namespaces replaces the pod's own. Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#namespace-selector */
const leavesOut = (
  { namespaces = [], namespaceSelector }: PodAffinityTerm,
  namespace: string | undefined,
) => namespaces.length > 0 && !namespaceSelector && !namespaces.includes(namespace ?? '');
