import { idOf, type ObjectRef } from '@waymark/kube-graph';
import {
  SEVERITIES,
  type Exemption,
  type Finding,
  type Gap,
  type Report,
  type RuleResult,
} from '../engine';
import { renderFinding } from './renderFinding';
import type { RenderOptions, SourceLocation } from './RenderOptions';

export interface FindingLine {
  readonly finding: Finding;
  readonly message: string;
  readonly exemption?: Exemption;
  readonly location?: SourceLocation;
}

export interface UndecidedLine {
  readonly result: RuleResult;
  readonly gaps: readonly Gap[];
  readonly location?: SourceLocation;
}

export interface ReportLines {
  /** The gravest first, in the order of the rules within a severity. Exempted ones are among them. */
  readonly findings: readonly FindingLine[];
  readonly undecided: readonly UndecidedLine[];
  readonly counts: Counts;
}

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly advice: number;
  /** Findings that an active exemption takes out of the gate. */
  readonly exempt: number;
  /** Results, one for each rule and object. */
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
}

/** A report as every renderer needs it: flat, sorted, with its sentences. */
export function reportLines({ results }: Report, options: RenderOptions): ReportLines {
  const rules = new Map(options.rules.map(rule => [rule.id, rule]));
  const locationOf = (subject: ObjectRef | undefined) => {
    const location = subject && options.sources?.get(idOf(subject));
    return location && { location };
  };
  const findings = results.flatMap(({ findings: found, exemption }) =>
    found.map(finding => ({
      finding,
      message: renderFinding(finding, rules.get(finding.rule) ?? { messages: {} }),
      ...(exemption && { exemption }),
      ...locationOf(finding.subject),
    })),
  );
  findings.sort((a, b) => gravity(a) - gravity(b));
  const undecided = results
    .filter(({ gaps }) => gaps.length)
    .map(result => ({ result, gaps: result.gaps, ...locationOf(result.subject) }));
  return { findings, undecided, counts: countsOf(results, findings) };
}

export const isExempt = ({ exemption }: Pick<FindingLine, 'exemption'>) =>
  exemption?.state === 'active';

const gravity = ({ finding }: FindingLine) => SEVERITIES.indexOf(finding.severity);

function countsOf(results: readonly RuleResult[], findings: readonly FindingLine[]): Counts {
  const standing = findings.filter(line => !isExempt(line));
  const of = (severity: string) =>
    standing.filter(({ finding }) => finding.severity === severity).length;
  const verdicts = (verdict: string) => results.filter(result => result.verdict === verdict).length;
  return {
    error: of('error'),
    warning: of('warning'),
    advice: of('advice'),
    exempt: findings.length - standing.length,
    pass: verdicts('pass'),
    fail: verdicts('fail'),
    unknown: verdicts('unknown'),
    notApplicable: verdicts('not-applicable'),
  };
}
