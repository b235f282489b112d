import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph, type Coverage, type Kind, type KubeObject } from '@waymark/kube-graph';
import { loadAll } from 'js-yaml';
import { evaluate, type RuleVerdict } from '../engine';
import { renderFinding } from '../render';
import { rules } from '.';

interface Expectation {
  expect: RuleVerdict;
  subject?: string;
  code?: string;
  /** Exactly these findings, in this order. */
  codes?: string[];
  severity?: string;
  args?: Record<string, string | number>;
  path?: string;
  coverage?: Partial<Record<Kind, 'open' | 'missing'>>;
  namespace?: string;
  /** Over the rule's defaults. */
  params?: object;
}

const COVERAGE: Record<'open' | 'missing', Coverage> = {
  open: { state: 'open' },
  missing: { state: 'missing', reason: 'forbidden', message: 'forbidden: cannot list' },
};

const folderOf = (rule: string) => join(__dirname, rule, 'cases');

function judgeCase(ruleId: string, file: string) {
  const [expectation, ...objects] = loadAll(readFileSync(join(folderOf(ruleId), file), 'utf8')) as [
    Expectation,
    ...KubeObject[],
  ];
  const { coverage = {}, subject, namespace, params = {} } = expectation;
  const graph = buildGraph(objects, {
    namespace,
    coverage: kind => (coverage[kind] ? COVERAGE[coverage[kind]!] : { state: 'complete' }),
  });
  const { results } = evaluate(graph, {
    rules: rules.filter(({ id }) => id === ruleId),
    now: new Date('2026-11-21'),
    params: { [ruleId]: params },
  });
  const judged = results.filter(
    ({ subject: ref }) =>
      !subject || (ref && `${ref.kind}/${ref.namespace ?? ''}/${ref.name}` === subject),
  );
  return { expectation, judged };
}

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  const files = readdirSync(folderOf(id)).filter(file => file.endsWith('.yaml'));

  it.each(files)('%s', file => {
    const { expectation, judged } = judgeCase(id, file);
    expect(judged.map(({ verdict }) => verdict)).toEqual([expectation.expect]);
    if (expectation.expect !== 'fail') return;
    const { code, codes, args = {}, path, severity } = expectation;
    const { findings } = judged[0];
    const found = findings.map(candidate => candidate.code);
    expect(found).toEqual(codes ?? found);
    const finding = findings.find(candidate => candidate.code === (code ?? codes?.[0]));
    expect(finding).toMatchObject({ args, ...(path && { path }), ...(severity && { severity }) });
    expect(renderFinding(finding!, rule)).not.toMatch(/\{\{|undefined/);
  });

  it('has failing, passing and unknown cases', () => {
    const expected = files.map(file => judgeCase(id, file).expectation.expect);
    expect(expected).toEqual(expect.arrayContaining(['fail', 'pass', 'unknown']));
  });
});
