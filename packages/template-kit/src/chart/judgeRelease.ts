import { InputError } from '@backstage/errors';
import { buildGraph, type Coverage, type Kind, type KubeObject } from '@waymark/kube-graph';
import { evaluate, type Report, rules } from '@waymark/readiness';

export interface JudgeReleaseOptions {
  readonly objects: readonly KubeObject[];
  readonly namespace?: string;
  /**
   * Whether these objects are all there are: a rendered release is, a few files out of many are not. In an open bundle the
   * absence of an object proves nothing.
   */
  readonly closed: boolean;
  readonly now: Date;
  /** Parameters by rule id. */
  readonly params?: Readonly<Record<string, object>>;
}

/**
 * Judges manifests before they reach a cluster, by the same rules that judge the live objects. A release without objects is
 * an InputError: there is nothing that a gate could pass.
 */
export function judgeRelease({
  objects,
  namespace,
  closed,
  now,
  params,
}: JudgeReleaseOptions): Report {
  if (!objects.length)
    throw new InputError(
      'the release holds no object: look for the values that switch its templates off',
    );
  const coverage: Coverage = closed ? { state: 'complete' } : { state: 'open' };
  const present = new Set(objects.map(({ kind }) => kind));
  const graph = buildGraph(objects, {
    namespace,
    // A chart ships no nodes: what only a cluster holds stays unknown.
    coverage: (kind: Kind) =>
      kind === 'Node' && !present.has(kind) ? { state: 'open' } : coverage,
  });
  return evaluate(graph, { rules, now, params });
}
