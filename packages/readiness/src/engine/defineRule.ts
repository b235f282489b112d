import type { Graph, Kind } from '@waymark/kube-graph';
import type { Failure, Gap, Outcome, Rule } from './Rule';

/** Types a rule from its own kinds, parameters and message codes, and hands it over as one of many. */
export function defineRule<K extends Kind, Params extends object, Code extends string>(
  rule: Rule<K, Params, Code>,
): Rule {
  return rule as unknown as Rule;
}

export const fail = <Code extends string>(
  failure: Omit<Failure<Code>, 'verdict'>,
): Failure<Code> => ({
  verdict: 'fail',
  ...failure,
});

export const notApplicable: Outcome<never> = { verdict: 'not-applicable' };

export const unknown = (gap: Gap): Outcome<never> => ({ verdict: 'unknown', gap });

/** The first of these kinds whose absent objects prove nothing; undefined when all of them are completely known. */
export function gapIn(graph: Graph, ...kinds: readonly Kind[]): Gap | undefined {
  for (const kind of kinds) {
    const coverage = graph.coverage(kind);
    if (coverage.state !== 'complete') return { kind, coverage };
  }
  return undefined;
}
