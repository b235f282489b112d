import { formatRef, type ObjectRef } from '@waymark/kube-graph';
import type { Report, RuleResult } from '../engine';
import type { RenderOptions } from './RenderOptions';
import { renderFinding } from './renderFinding';
import { renderGap } from './renderGap';
import { escapeXml } from './escapeXml';

/**
 * A report for CI systems: a test suite for each rule, a test case for each object. As the gate does, a case fails for
 * errors only; warnings and advice are its output. What could not be decided, or is exempt, is skipped: never a success.
 */
export function renderJunit({ results }: Report, { rules }: RenderOptions): string {
  const suites = rules.flatMap(rule => {
    const judged = results.filter(
      ({ rule: id, verdict }) => id === rule.id && verdict !== 'not-applicable',
    );
    return judged.length
      ? [
          suite(
            rule.id,
            judged.map(result => testCase(result, rule)),
          ),
        ]
      : [];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="waymark" ${totals(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

interface TestCase {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly xml: string;
}

const suite = (name: string, cases: readonly TestCase[]) => ({
  cases,
  xml: [
    `  <testsuite name="${escapeXml(name)}" ${totals(cases)}>`,
    ...cases.map(({ xml }) => xml),
    '  </testsuite>',
  ].join('\n'),
});

function totals(cases: readonly TestCase[]): string {
  const count = (outcome: TestCase['outcome']) =>
    cases.filter(candidate => candidate.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}"`;
}

function testCase(result: RuleResult, rule: RenderOptions['rules'][number]): TestCase {
  const { subject, findings, gaps, exemption } = result;
  const name = subject ? subjectName(subject) : gaps.map(({ kind }) => kind).join(', ');
  const open = `    <testcase classname="${escapeXml(rule.id)}" name="${escapeXml(name)}"`;
  const wrap = (outcome: TestCase['outcome'], inner: string): TestCase => ({
    outcome,
    xml: inner ? `${open}>\n${inner}\n    </testcase>` : `${open}/>`,
  });
  const lines = findings.map(
    finding => `${finding.severity}: ${renderFinding(finding, rule)} (${finding.path})`,
  );
  const text = escapeXml([...lines, ...gaps.map(renderGap)].join('\n'));
  if (exemption?.state === 'active')
    return wrap('skipped', `      <skipped message="exempt: ${escapeXml(exemption.reason)}"/>`);
  if (findings.some(({ severity }) => severity === 'error'))
    return wrap(
      'failed',
      `      <failure type="${escapeXml(rule.id)}" message="${escapeXml(lines[0])}">${text}</failure>`,
    );
  if (gaps.length) return wrap('skipped', `      <skipped message="not decided: ${text}"/>`);
  return wrap('passed', lines.length ? `      <system-out>${text}</system-out>` : '');
}

const subjectName = (subject: ObjectRef) =>
  `${subject.namespace ? `${subject.namespace} ` : ''}${formatRef(subject)}`;
