import { buildGraph, type Coverage, type Kind, type KubeObject } from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from './defineRule';
import { evaluate } from './evaluate';
import type { Level, Severity } from './Rule';

const now = new Date('2026-11-21T12:00:00Z');

const deployment = (name: string, rest: object = {}): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', ...rest },
    spec: { replicas: 1, selector: {}, template: { spec: { containers: [{ name: 'web' }] } } },
  }) as KubeObject;

const pod = (name: string, owner?: object): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      ...(owner && { ownerReferences: [{ controller: true, uid: 'u', ...owner }] }),
    },
    spec: { containers: [{ name: 'web' }] },
  }) as KubeObject;

/** A rule that says what the test tells it to say. */
const ruleOf = (
  says: 'pass' | 'fail' | 'unknown' | 'not-applicable' | readonly Severity[],
  { id = 'probe', severity = 'error' as Severity, level = 'resilient' as Level } = {},
) =>
  defineRule({
    id,
    title: 'A rule of this test',
    severity,
    level,
    kinds: ['Deployment', 'Pod'],
    why: '',
    remedy: '',
    sources: [],
    params: { limit: 1 },
    reads: {},
    messages: { wrong: 'wrong' },
    *check({ subject, graph, params }) {
      const finding = { code: 'wrong' as const, path: '/spec/replicas', args: { ...params } };
      if (says === 'unknown') yield unknown({ kind: 'Service', coverage: { state: 'open' } });
      else if (says === 'not-applicable') yield notApplicable;
      else if (says === 'fail') yield fail(finding);
      else if (says !== 'pass') {
        for (const one of says) yield fail({ ...finding, severity: one, key: one });
        const gap = gapIn(graph, 'Service');
        if (gap) yield unknown(gap);
      }
      expect(subject.kind).toMatch(/Deployment|Pod/);
    },
  });

const missing: Coverage = { state: 'missing', reason: 'forbidden', message: 'no list' };

describe('evaluate', () => {
  const judge = (
    objects: readonly KubeObject[],
    rules: ReturnType<typeof ruleOf>[],
    { coverage, ...options }: { coverage?: Partial<Record<Kind, Coverage>>; params?: {} } = {},
  ) => {
    const graph = buildGraph(objects, {
      coverage: kind => coverage?.[kind] ?? { state: 'complete' },
    });
    return evaluate(graph, { rules, now, ...options });
  };

  it('judges each workload once, children through their owner, hooks not at all', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1' };
    const { results } = judge(
      [
        deployment('web'),
        deployment('seed', { annotations: { 'helm.sh/hook': 'pre-install' } }),
        pod('bare'),
        pod('orphan', owner),
      ],
      [ruleOf('fail')],
    );
    expect(results.map(({ subject }) => subject?.name)).toEqual(['web', 'bare', 'orphan']);
  });

  it('takes no pod for a workload while its owner may be one that cannot be read', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1' };
    const { results } = judge([pod('web-1-a', owner)], [ruleOf('fail')], {
      coverage: { ReplicaSet: missing },
    });
    expect(results).toEqual([]);
  });

  it('judges the given subjects only, in the light of all', () => {
    const graph = buildGraph([deployment('web'), deployment('cart')]);
    const { results } = evaluate(graph, {
      rules: [ruleOf('fail')],
      now,
      subjects: new Set(['apps/Deployment/shop/cart', 'apps/Deployment/shop/gone', '/Service//x']),
    });
    expect(results.map(({ subject }) => subject?.name)).toEqual(['cart']);
  });

  it('hands over parameters over the defaults', () => {
    const args = (params?: {}) =>
      judge([deployment('web')], [ruleOf('fail')], { params }).results[0].findings[0].args;
    expect(args()).toEqual({ limit: 1 });
    expect(args({ probe: { limit: 3 }, other: { limit: 9 } })).toEqual({ limit: 3 });
  });

  it('says unknown of a kind that cannot be read, with the API server’s message', () => {
    const { results, gate } = judge([], [ruleOf('pass')], { coverage: { Deployment: missing } });
    expect(results).toEqual([
      {
        rule: 'probe',
        level: 'resilient',
        severity: 'error',
        verdict: 'unknown',
        findings: [],
        gaps: [{ kind: 'Deployment', coverage: missing }],
      },
    ]);
    expect(gate).toBe('unknown');
  });

  it.each([
    ['pass', 'pass', 'pass'],
    ['fail', 'fail', 'fail'],
    ['unknown', 'unknown', 'unknown'],
    ['not-applicable', 'not-applicable', 'pass'],
  ] as const)('of a rule that says %s: verdict %s, gate %s', (says, verdict, gate) => {
    const report = judge([deployment('web')], [ruleOf(says)]);
    expect(report.results[0].verdict).toBe(verdict);
    expect(report.gate).toBe(gate);
  });

  it.each([
    [['warning'], 'complete', 'pass', false],
    [['advice'], 'complete', 'pass', true],
    [['warning', 'error'], 'complete', 'fail', false],
    // A clause that could not be judged stays open beside one that failed.
    [['advice'], 'open', 'unknown', false],
  ] as const)('counts the severity of clauses: %j, Services %s', (says, state, gate, reached) => {
    const report = judge([deployment('web')], [ruleOf(says)], { coverage: { Service: { state } } });
    expect(report.results[0].verdict).toBe('fail');
    expect(report.gate).toBe(gate);
    expect(report.levels.find(({ level }) => level === 'resilient')).toMatchObject({
      fail: 1,
      reached,
    });
  });

  it('lets no advice decide the gate', () => {
    const advice = { severity: 'advice' as const };
    expect(judge([deployment('web')], [ruleOf('fail', advice)]).gate).toBe('pass');
    expect(judge([deployment('web')], [ruleOf('unknown', advice)]).gate).toBe('pass');
  });

  it('reaches a level on top of those before only', () => {
    const levels = (says: Parameters<typeof ruleOf>[0], level: Level) =>
      judge(
        [deployment('web')],
        [
          ruleOf(says, { id: 'a', level, severity: 'warning' }),
          ruleOf('pass', { id: 'b', level: 'efficient' }),
        ],
      ).levels.map(({ reached }) => reached);
    expect(levels('pass', 'deployable')).toEqual([true, true, true, true]);
    expect(levels('fail', 'deployable')).toEqual([false, false, false, false]);
    expect(levels('unknown', 'secure')).toEqual([true, true, false, false]);
    expect(levels('not-applicable', 'secure')).toEqual([true, true, true, true]);
  });

  it('names the object that a rule trips over', () => {
    const rule = ruleOf('pass');
    const tripping = {
      ...rule,
      *check({ subject }: Parameters<typeof rule.check>[0]) {
        (subject as unknown as { spec: { none: string[] } }).spec.none.map(String);
        yield notApplicable;
      },
    };
    expect(() => judge([deployment('web')], [tripping])).toThrow(/^Deployment\/web is malformed: /);
  });

  describe('exemptions', () => {
    const exempted = (text: string) =>
      judge(
        [deployment('web', { annotations: { 'waymark.dev/ignore.probe': text } })],
        [ruleOf('fail')],
      );

    it('take active ones out of gate and levels, never out of sight', () => {
      const { results, gate, levels } = exempted('one replica by design; until=2026-12-31');
      expect(gate).toBe('pass');
      expect(levels.every(({ fail: failed, reached }) => failed === 0 && reached)).toBe(true);
      expect(results[0]).toMatchObject({
        verdict: 'fail',
        exemption: { state: 'active', reason: 'one replica by design', until: '2026-12-31' },
      });
      expect(results[0].findings).toHaveLength(1);
    });

    it.each([
      ['forever', { state: 'active', reason: 'forever' }, 'pass'],
      ['today still; until=2026-11-21', { state: 'active' }, 'pass'],
      ['over; until=2026-11-20', { state: 'expired', until: '2026-11-20' }, 'fail'],
      ['', { state: 'invalid' }, 'fail'],
      ['; until=2026-12-31', { state: 'invalid' }, 'fail'],
      ['some day; until=soon', { state: 'invalid', text: 'some day; until=soon' }, 'fail'],
      ['no day; until=2026-13-45', { state: 'invalid' }, 'fail'],
      ['no end; until=', { state: 'invalid' }, 'fail'],
      ['agreed; see ADR 7', { state: 'active', reason: 'agreed; see ADR 7' }, 'pass'],
      [' spaced ;  until = 2026-12-31 ', { state: 'active', reason: 'spaced' }, 'pass'],
      ['misspelt; untill=2026-12-31', { state: 'invalid' }, 'fail'],
    ])('%j', (text, exemption, gate) => {
      const report = exempted(text);
      expect(report.results[0].exemption).toMatchObject(exemption);
      expect(report.gate).toBe(gate);
    });

    it('belong to their rule alone', () => {
      const other = deployment('web', { annotations: { 'waymark.dev/ignore.other': 'reason' } });
      expect(judge([other], [ruleOf('fail')]).results[0]).not.toHaveProperty('exemption');
    });
  });
});
