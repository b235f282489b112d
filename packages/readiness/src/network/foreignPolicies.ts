import type { Graph, KubeObject } from '@waymark/kube-graph';

/**
 * Policies of a network plugin's own kind that may concern a namespace: CiliumNetworkPolicy, Calico's NetworkPolicy and
 * GlobalNetworkPolicy, AWS's ApplicationNetworkPolicy. Their selectors and rules are languages of their own, so that they
 * are only known to be there.
 */
export const foreignPolicies = (graph: Graph, namespace: string): readonly KubeObject[] =>
  graph.untyped(namespace).filter(({ kind }) => kind.endsWith('NetworkPolicy'));
