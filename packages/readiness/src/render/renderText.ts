import { idOf, type ObjectRef } from '@waymark/kube-graph';
import type { LevelResult, Report } from '../engine';
import type { RenderOptions, SourceLocation } from './RenderOptions';
import { renderGap } from './renderGap';
import {
  isExempt,
  reportLines,
  type Counts,
  type FindingLine,
  type UndecidedLine,
} from './reportLines';

const MARKS = { error: '✗', warning: '!', advice: '·' } as const;

/** A report for a person at a terminal: findings by object, then what could not be decided, then the sum. */
export function renderText(report: Report, options: RenderOptions): string {
  const { findings, undecided, counts } = reportLines(report, options);
  const remedies = new Map(options.rules.map(({ id, remedy }) => [id, remedy]));
  const standing = findings.filter(line => !isExempt(line));
  return [
    ...bySubject(standing).flatMap(lines => subjectBlock(lines, remedies)),
    ...block('Exempt', findings.filter(isExempt).map(exemptLine)),
    ...block('Not decided', undecided.map(undecidedLine)),
    levelsLine(report.levels),
    sumLine(report.gate, counts),
    '',
  ].join('\n');
}

function bySubject(lines: readonly FindingLine[]): FindingLine[][] {
  const groups = new Map<string, FindingLine[]>();
  for (const line of lines) {
    const id = idOf(line.finding.subject);
    groups.set(id, [...(groups.get(id) ?? []), line]);
  }
  return [...groups.values()];
}

function subjectBlock(lines: readonly FindingLine[], remedies: ReadonlyMap<string, string>) {
  const [{ finding, location }] = lines;
  const shown = new Set<string>();
  const body = lines.flatMap(({ finding: { rule, severity, path }, message, exemption }) => {
    const remedy = shown.has(rule) ? undefined : remedies.get(rule);
    shown.add(rule);
    return [
      `  ${MARKS[severity]} ${severity.padEnd(7)} ${rule}: ${message}`,
      `            at ${path}`,
      ...(remedy ? [`            ${remedy}`] : []),
      ...(exemption
        ? [`            The exemption does not count: ${exemptionText(exemption)}`]
        : []),
    ];
  });
  return [`${subjectName(finding.subject)}${locationText(location)}`, ...body, ''];
}

const exemptLine = ({ finding, message, exemption }: FindingLine) =>
  `  - ${finding.rule}, ${subjectName(finding.subject)}: ${message} (${exemption && exemptionText(exemption)})`;

function exemptionText(exemption: NonNullable<FindingLine['exemption']>): string {
  if (exemption.state === 'invalid') return `"${exemption.text}" needs a reason and a valid date`;
  const until = exemption.until ? `, until ${exemption.until}` : '';
  return `${exemption.state === 'expired' ? 'expired, ' : ''}"${exemption.reason}"${until}`;
}

const undecidedLine = ({ result, gaps }: UndecidedLine) =>
  `  ? ${result.rule}${result.subject ? `, ${subjectName(result.subject)}` : ''}: ${gaps.map(renderGap).join('; ')}`;

const block = (title: string, lines: readonly string[]) =>
  lines.length ? [title, ...lines, ''] : [];

const subjectName = ({ kind, namespace, name }: ObjectRef) =>
  namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;

const locationText = (location: SourceLocation | undefined) =>
  location ? `  ${location.file}:${location.line}` : '';

const levelsLine = (levels: readonly LevelResult[]) =>
  `Levels: ${levels
    .map(({ level, reached, pass, fail, unknown }) => {
      const judged = pass + fail + unknown;
      return judged
        ? `${level} ${reached ? 'reached' : 'not reached'} (${pass} of ${judged} pass)`
        : `${level} not judged`;
    })
    .join(', ')}`;

function sumLine(gate: Report['gate'], counts: Counts): string {
  const parts = [
    plural(counts.error, 'error'),
    plural(counts.warning, 'warning'),
    `${counts.advice} advice`,
    `${counts.unknown} not decided`,
    ...(counts.exempt ? [`${counts.exempt} exempt`] : []),
    `${counts.pass} passed`,
  ];
  const verdict = { pass: 'passes', fail: 'fails', unknown: 'is not decided' }[gate];
  return `${parts.join(', ')}. The gate ${verdict}.`;
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
