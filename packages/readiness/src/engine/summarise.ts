import type { LevelResult, Report, RuleResult } from './Report';
import { LEVELS, type Level } from './Rule';

/** Gate and levels of a set of results. There is no averaged score: one error is enough to fail. */
export function summarise(results: readonly RuleResult[]): Report {
  const standing = results.filter(({ exemption }) => exemption?.state !== 'active');
  return { results, gate: gateOf(standing), levels: levelsOf(standing) };
}

function gateOf(standing: readonly RuleResult[]): Report['gate'] {
  if (standing.some(({ findings }) => findings.some(({ severity }) => severity === 'error')))
    return 'fail';
  if (standing.some(isUndecidedError)) return 'unknown';
  return 'pass';
}

/** A finding of advice does not decide the clauses that could not be judged beside it. */
const isUndecidedError = ({ gaps, severity }: RuleResult) =>
  gaps.length > 0 && severity === 'error';

function levelsOf(standing: readonly RuleResult[]): LevelResult[] {
  let reached = true;
  return LEVELS.map(level => {
    const counts = countsOf(standing, level);
    reached = reached && counts.holding === 0;
    const { pass, fail, unknown } = counts;
    return { level, pass, fail, unknown, reached };
  });
}

function countsOf(standing: readonly RuleResult[], level: Level) {
  const counts = { pass: 0, fail: 0, unknown: 0, holding: 0 };
  for (const result of standing) {
    if (result.level !== level || result.verdict === 'not-applicable') continue;
    counts[result.verdict] += 1;
    if (holdsBack(result)) counts.holding += 1;
  }
  return counts;
}

const holdsBack = ({ findings, gaps, severity }: RuleResult): boolean =>
  findings.some(finding => finding.severity !== 'advice') ||
  (gaps.length > 0 && severity !== 'advice');
