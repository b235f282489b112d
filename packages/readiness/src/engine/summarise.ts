import type { LevelResult, Report, RuleResult } from './Report';
import { LEVELS, SEVERITIES, type Level, type RuleVerdict, type Severity } from './Rule';

/** Gate and levels of a set of results. There is no averaged score: one error is enough to fail. */
export function summarise(results: readonly RuleResult[]): Report {
  const tallies = new Map(LEVELS.map(level => [level, emptyTally()]));
  for (const result of results)
    if (result.exemption?.state !== 'active') count(result, tallies.get(result.level)!);
  return { results, gate: gateOf([...tallies.values()]), levels: levelsOf(tallies) };
}

/** What stands of one level. A finding counts by its own severity, what could not be judged by that of its rule. */
interface Tally {
  readonly verdicts: Record<RuleVerdict, number>;
  readonly findings: Record<Severity, number>;
  readonly undecided: Record<Severity, number>;
}

const emptyTally = (): Tally => ({
  verdicts: { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0 },
  findings: { error: 0, warning: 0, advice: 0 },
  undecided: { error: 0, warning: 0, advice: 0 },
});

function count({ verdict, findings, gaps, severity }: RuleResult, tally: Tally) {
  tally.verdicts[verdict] += 1;
  for (const finding of findings) tally.findings[finding.severity] += 1;
  if (gaps.length) tally.undecided[severity] += 1;
}

/** A finding of advice does not decide the clauses that could not be judged beside it. */
function gateOf(tallies: readonly Tally[]): Report['gate'] {
  if (tallies.some(({ findings }) => findings.error)) return 'fail';
  if (tallies.some(({ undecided }) => undecided.error)) return 'unknown';
  return 'pass';
}

function levelsOf(tallies: ReadonlyMap<Level, Tally>): LevelResult[] {
  let reached = true;
  return [...tallies].map(([level, tally]) => {
    const { pass, fail, unknown } = tally.verdicts;
    reached = reached && !holdsBack(tally);
    return { level, pass, fail, unknown, reached };
  });
}

const holdsBack = ({ findings, undecided }: Tally) =>
  SEVERITIES.some(
    severity => severity !== 'advice' && (findings[severity] > 0 || undecided[severity] > 0),
  );
