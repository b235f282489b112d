import type {
  ReadinessSummary,
  WireFinding,
} from '@waymark/backstage-plugin-workload-health-common';
import { LEVELS, type RuleResult, SEVERITIES, summarise } from '@waymark/readiness';
import { resultKey, type SubjectReadiness } from '../collector/SubjectReadiness';

const MOST_FINDINGS = 100;

export interface ReadinessOfCluster {
  readonly cluster: string;
  readonly readiness: SubjectReadiness;
}

/** One readiness of all of an entity's subjects. What two workloads share, a disruption budget over both, counts once. */
export function readinessAnswer(subjects: readonly ReadinessOfCluster[]): ReadinessSummary {
  const open = new Map<string, { cluster: string; result: RuleResult }>();
  const passed = new Map<string, Set<string>>(LEVELS.map(level => [level, new Set()]));
  for (const { cluster, readiness } of subjects) {
    for (const result of readiness.open)
      open.set(`${cluster} ${resultKey(result)}`, { cluster, result });
    for (const [level, keys] of Object.entries(readiness.passed))
      for (const key of keys) passed.get(level)?.add(`${cluster} ${key}`);
  }
  const results = [...open.values()];
  const { gate, levels } = summarise(results.map(({ result }) => result));
  const findings = results.flatMap(findingsOf).sort(bySeverity);
  return {
    gate,
    levels: levels.map(level => ({ ...level, pass: level.pass + passed.get(level.level)!.size })),
    findings: findings.slice(0, MOST_FINDINGS),
    total: findings.length,
    undecided: undecidedOf(results.map(({ result }) => result)),
  };
}

function findingsOf({ cluster, result }: { cluster: string; result: RuleResult }): WireFinding[] {
  const { exemption } = result;
  return result.findings.map(({ related, fix, ...finding }) => ({
    ...finding,
    cluster,
    ...(exemption && {
      exemption: {
        state: exemption.state,
        ...('reason' in exemption && { reason: exemption.reason }),
        ...('until' in exemption && exemption.until && { until: exemption.until }),
      },
    }),
  }));
}

const bySeverity = (a: WireFinding, b: WireFinding) =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);

function undecidedOf(results: readonly RuleResult[]): ReadinessSummary['undecided'] {
  const undecided = new Map<string, ReadinessSummary['undecided'][number]>();
  for (const { rule, verdict, gaps } of results) {
    if (verdict !== 'unknown') continue;
    for (const { kind, coverage } of gaps) {
      const message =
        coverage.state === 'missing' ? coverage.message : `${kind} objects are not read`;
      undecided.set(`${rule} ${kind}`, { rule, kind, message });
    }
  }
  return [...undecided.values()];
}
