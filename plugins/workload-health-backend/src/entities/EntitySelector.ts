import type { LabelSelector } from '@waymark/kube-graph';

/** Which workloads are an entity's own. Neither labels nor applications: none, because an annotation cannot be read. */
export interface EntitySelector {
  /** What the entity was found by, for the page to say. */
  readonly by: 'annotations' | 'argocd' | 'name';
  /** Undefined: every cluster. */
  readonly clusters?: readonly string[];
  /** Undefined: every namespace. */
  readonly namespaces?: readonly string[];
  readonly labels?: LabelSelector;
  /** Argo CD applications that put the workload there. */
  readonly applications?: readonly string[];
  /** As kubectl would take it, or the annotation as it stands. */
  readonly text: string;
}

/** What of a workload decides whose it is. */
export interface Owned {
  readonly cluster: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly application?: string;
}
