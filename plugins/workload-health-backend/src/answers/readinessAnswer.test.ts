import type { RuleResult } from '@waymark/readiness';
import type { SubjectReadiness } from '../collector/SubjectReadiness';
import { readinessAnswer } from './readinessAnswer';

const BUDGET = { group: 'policy', kind: 'PodDisruptionBudget', namespace: 'shop', name: 'all' };

function result(overrides: Partial<RuleResult> = {}): RuleResult {
  const { rule = 'pdb-blocks-drain', severity = 'error' } = overrides;
  const finding = {
    rule,
    severity,
    code: 'blocks',
    args: {},
    level: 'resilient' as const,
    subject: BUDGET,
    path: '/spec',
    fingerprint: 'f',
    fix: [{ op: 'remove' as const, path: '/spec' }],
  };
  return {
    rule,
    severity,
    level: 'resilient',
    subject: BUDGET,
    verdict: 'fail',
    findings: [finding],
    gaps: [],
    ...overrides,
  };
}
const undecided = result({
  rule: 'netpol-missing',
  subject: undefined,
  verdict: 'unknown',
  findings: [],
  gaps: [
    {
      kind: 'NetworkPolicy',
      coverage: { state: 'missing', reason: 'forbidden', message: 'networkpolicies is forbidden' },
    },
  ],
});
const of = (...open: RuleResult[]): SubjectReadiness => ({
  open,
  passed: { resilient: ['a x', 'b x'] },
});

describe('readinessAnswer', () => {
  it('counts once what two workloads of a cluster share, and apart what two clusters have', () => {
    const one = readinessAnswer([
      { cluster: 'eu', readiness: of(result(), undecided) },
      { cluster: 'eu', readiness: of(result(), undecided) },
    ]);
    expect(one.total).toBe(1);
    expect(one.levels.find(({ level }) => level === 'resilient')).toMatchObject({
      pass: 2,
      fail: 1,
      unknown: 1,
      reached: false,
    });
    expect(one.undecided).toEqual([
      { rule: 'netpol-missing', kind: 'NetworkPolicy', message: 'networkpolicies is forbidden' },
    ]);
    const two = readinessAnswer([
      { cluster: 'eu', readiness: of(result()) },
      { cluster: 'us', readiness: of(result()) },
    ]);
    expect(two.findings.map(({ cluster }) => cluster)).toEqual(['eu', 'us']);
  });

  it('shows errors first, at most a hundred, and no fix', () => {
    const advice = Array.from({ length: 120 }, (_, n) =>
      result({ rule: `r${n}`, severity: 'advice' }),
    );
    const { findings, total } = readinessAnswer([
      { cluster: 'eu', readiness: of(...advice, result()) },
    ]);
    expect(total).toBe(121);
    expect(findings).toHaveLength(100);
    expect(findings[0]).toMatchObject({ severity: 'error' });
    expect(findings[0]).not.toHaveProperty('fix');
  });

  it('keeps an exempted failure in sight and out of the gate', () => {
    const exemption = { state: 'active', reason: 'one replica by design' } as const;
    const { gate, findings } = readinessAnswer([
      { cluster: 'eu', readiness: of(result({ exemption })) },
    ]);
    expect(gate).toBe('pass');
    expect(findings).toMatchObject([{ exemption }]);
  });

  it('is undecided while an error rule could not be judged', () => {
    expect(readinessAnswer([{ cluster: 'eu', readiness: of(undecided) }]).gate).toBe('unknown');
  });
});
