import { idOf } from '@waymark/kube-graph';
import { LEVELS, type Level, type Report, type RuleResult } from '@waymark/readiness';

/** What the rules say of a workload and the objects that serve, scale and guard it. */
export interface SubjectReadiness {
  /** Results that someone has to look at: failed, undecided, exempted. */
  readonly open: readonly RuleResult[];
  /** `rule subject` of what passed: counted, and counted once for an object that two workloads share. */
  readonly passed: Readonly<Partial<Record<Level, readonly string[]>>>;
}

export function readinessOf({ results }: Report): SubjectReadiness {
  const judged = results.filter(({ verdict }) => verdict !== 'not-applicable');
  const passed = judged.filter(result => !isOpen(result));
  return {
    open: judged.filter(isOpen),
    passed: Object.fromEntries(
      LEVELS.map(level => [
        level,
        passed.filter(result => result.level === level).map(resultKey),
      ]).filter(([, keys]) => keys.length),
    ),
  };
}

/** Names a result among those of several workloads. */
export const resultKey = ({ rule, subject, gaps }: RuleResult) =>
  `${rule} ${subject ? idOf(subject) : gaps.map(({ kind }) => kind).join()}`;

const isOpen = ({ verdict, exemption }: RuleResult) =>
  verdict !== 'pass' || exemption !== undefined;
