import type { EntityHealth } from '@waymark/backstage-plugin-workload-health-common';
import { BRIEF_BYTES, briefOf } from './briefOf';

const long = 'x'.repeat(400);
const workload = (n: number): EntityHealth['workloads'][number] => ({
  cluster: 'eu',
  workload: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: `web-${n}` },
  status: n ? 'degraded' : 'down',
  since: '2026-11-21T10:00:00Z',
  cause: { code: 'unheard-of', args: {}, evidence: [], command: `kubectl describe ${long}` },
  symptoms: [],
  gaps: [],
  changedBefore: {
    at: '2026-11-21T09:59:00Z',
    revision: { from: '1', to: '2' },
    images: [{ container: 'main', from: 'web:1', to: 'web:2' }],
  },
  facts: {
    workload: { group: 'apps', kind: 'Deployment', name: 'web' },
    replicas: { desired: 3, ready: 1, updated: 3, total: 3 },
    images: [],
    recentRestarts: 0,
    pods: [],
    disruptionBudgets: [],
    services: [],
  },
});
const finding = {
  rule: 'replicas-single',
  code: 'single',
  args: { workload: 'Deployment/web', replicas: 1, service: 'web' },
  severity: 'error' as const,
  level: 'resilient' as const,
  cluster: 'eu',
  subject: { group: 'apps', kind: 'Deployment', name: 'web' },
  path: '/spec/replicas',
  fingerprint: 'f',
};
const health = (workloads: number, findings: number): EntityHealth => ({
  entityRef: 'component:default/web',
  status: 'down',
  mapping: { by: 'name', selectors: ['app.kubernetes.io/name=web'] },
  workloads: Array.from({ length: workloads }, (_, n) => workload(n)),
  clusters: [
    { name: 'eu', state: 'live', forbidden: [] },
    {
      name: 'us',
      state: 'stale',
      lastContact: '2026-11-21T09:00:00Z',
      message: 'reset',
      nextStep: 'See that it runs',
      forbidden: [],
    },
  ],
  readiness: {
    gate: 'fail',
    levels: [],
    findings: Array.from({ length: findings }, () => finding),
    total: findings,
    undecided: [],
  },
  at: '2026-11-21T10:00:00Z',
});

describe('briefOf', () => {
  it('says what an agent needs in sentences', () => {
    const brief = briefOf(health(1, 1));
    expect(brief).toMatchObject({
      status: 'down',
      workloads: [
        {
          workload: 'Deployment/web-0 in eu/shop',
          ready: '1 of 3',
          cause: 'unheard-of',
          changedBefore: '2026-11-21T09:59:00Z revision 1 to 2, main: web:1 to web:2',
        },
      ],
      clusters: ['us is stale, last heard of 2026-11-21T09:00:00Z. reset. See that it runs'],
      omitted: { workloads: 0, findings: 0 },
    });
    expect(brief.readiness.findings).toEqual([
      expect.stringContaining('error replicas-single: Deployment/web runs 1 replica'),
    ]);
  });

  it('stays short whatever there is to tell, and the worst stays in', () => {
    const brief = briefOf(health(40, 100));
    expect(Buffer.byteLength(JSON.stringify(brief))).toBeLessThanOrEqual(BRIEF_BYTES);
    expect(brief.workloads[0]).toMatchObject({ status: 'down' });
    expect(brief.omitted.workloads + brief.workloads.length).toBe(40);
    expect(brief.omitted.findings + brief.readiness.findings.length).toBe(100);
  });

  it('says that nothing was found', () => {
    const { status, ...rest } = health(0, 0);
    expect(briefOf(rest)).toMatchObject({ status: 'no workloads found' });
  });
});
