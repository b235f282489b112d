import type { Report } from '../engine';
import { docsOf, type RenderOptions } from './RenderOptions';
import { renderGap } from './renderGap';
import { reportLines, type FindingLine, type UndecidedLine } from './reportLines';

/** Raised when a consumer of the JSON would have to change: a field removed, renamed or given another meaning. */
export const REPORT_VERSION = 1;

/** A report for programs, in the shape of `schema/report.schema.json`. Fields are only ever added within a version. */
export function renderJson(report: Report, options: RenderOptions): string {
  const { findings, undecided, counts } = reportLines(report, options);
  const document = {
    version: REPORT_VERSION,
    gate: report.gate,
    counts,
    levels: report.levels,
    findings: findings.map(line => findingJson(line, options)),
    undecided: undecided.map(line => undecidedJson(line, options)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function findingJson(
  { finding, message, exemption, location }: FindingLine,
  options: RenderOptions,
) {
  const { related = [], fix = [], rule, severity, level, subject, ...rest } = finding;
  return {
    rule,
    severity,
    level,
    message,
    subject,
    ...rest,
    related,
    fix,
    docs: docsOf(rule, options),
    ...(location && { location }),
    ...(exemption && { exemption }),
  };
}

function undecidedJson({ result, gaps, location }: UndecidedLine, options: RenderOptions) {
  const { rule, severity, level, subject, verdict } = result;
  return {
    rule,
    severity,
    level,
    verdict,
    ...(subject && { subject }),
    gaps: gaps.map(gap => ({ kind: gap.kind, ...gap.coverage, sentence: renderGap(gap) })),
    docs: docsOf(rule, options),
    ...(location && { location }),
  };
}
