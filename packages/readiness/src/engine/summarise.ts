import type { LevelResult, Report, RuleResult } from './Report';
import { LEVELS, type Level, type RuleVerdict } from './Rule';

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
  const tallies = tallyByLevel(standing);
  let reached = true;
  return LEVELS.map(level => {
    const { pass, fail, unknown, holding } = tallies[level];
    reached = reached && holding === 0;
    return { level, pass, fail, unknown, reached };
  });
}

type Tally = Record<RuleVerdict | 'holding', number>;

function tallyByLevel(standing: readonly RuleResult[]): Record<Level, Tally> {
  const none = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0, holding: 0 };
  const tallies = Object.fromEntries(LEVELS.map(level => [level, { ...none }]));
  for (const result of standing) {
    const tally = tallies[result.level];
    tally[result.verdict] += 1;
    if (holdsBack(result)) tally.holding += 1;
  }
  return tallies as Record<Level, Tally>;
}

const holdsBack = ({ findings, gaps, severity }: RuleResult): boolean =>
  findings.some(finding => finding.severity !== 'advice') ||
  (gaps.length > 0 && severity !== 'advice');
