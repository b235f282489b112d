import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph, type Coverage, type Kind, type KubeObject } from '@waymark/kube-graph';
import { evaluate, type Finding, type Rule } from '@waymark/readiness';
import { loadAll } from 'js-yaml';

interface Expectation {
  readonly expect: string;
  readonly subject?: string;
  readonly namespace?: string;
  readonly params?: object;
  readonly coverage?: Partial<Record<Kind, Coverage['state']>>;
}

/** One of the cases that prove a rule, as its page shows it. */
export interface RuleCase {
  readonly name: string;
  readonly expectation: Expectation;
  /** The objects as they stand in the file. */
  readonly manifests: string;
  readonly findings: readonly Finding[];
}

export function readCases(root: string, rule: Rule): RuleCase[] {
  const folder = join(root, 'packages/readiness/src/rules', rule.id, 'cases');
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .map(file => {
      const text = readFileSync(join(folder, file), 'utf8');
      const [expectation, ...objects] = loadAll(text) as [Expectation, ...KubeObject[]];
      return {
        name: file.replace(/\.yaml$/, ''),
        expectation,
        manifests: text.slice(text.indexOf('\n---\n') + '\n---\n'.length).trimEnd(),
        findings: judge(rule, expectation, objects),
      };
    });
}

function judge(
  rule: Rule,
  { namespace, coverage = {}, params, subject }: Expectation,
  objects: KubeObject[],
) {
  const graph = buildGraph(objects, { namespace, coverage: kind => coverageOf(coverage[kind]) });
  const { results } = evaluate(graph, {
    rules: [rule],
    now: new Date(0),
    ...(params && { params: { [rule.id]: params } }),
  });
  return results
    .flatMap(({ findings }) => findings)
    .filter(
      ({ subject: ref }) =>
        !subject || `${ref.kind}/${ref.namespace ?? ''}/${ref.name}` === subject,
    );
}

const coverageOf = (state: Coverage['state'] = 'complete'): Coverage =>
  state === 'missing' ? { state, reason: 'forbidden', message: '' } : { state };
