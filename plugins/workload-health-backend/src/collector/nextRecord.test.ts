import type { Status, WorkloadFacts } from '@waymark/health';
import { nextRecord } from './nextRecord';
import type { Judgement, KnownSubject } from './SubjectRecord';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const SUBJECT = 'apps/Deployment/shop/web';

function judgement(
  status: Status,
  { since, revision = '1', image = 'web:1', recheckAt, map }: Partial<Record<string, string>> = {},
): Judgement {
  const workload = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };
  return {
    subject: SUBJECT,
    owned: { cluster: 'eu', namespace: 'shop', labels: { app: 'web' } },
    readiness: { open: [], passed: {} },
    health: {
      ...(map && { configuration: { 'ConfigMap settings': map } }),
      verdict: { subject: workload, status, symptoms: [], gaps: [], since, recheckAt },
      facts: {
        workload,
        revision,
        images: [{ container: 'main', image }],
      } as unknown as WorkloadFacts,
    },
  };
}

function known(...args: Parameters<typeof judgement>): KnownSubject {
  return nextRecord(undefined, judgement(...args), new Date('2026-11-21T09:00:00Z'))!.record;
}

describe('nextRecord', () => {
  it('writes what was never seen, and nothing twice', () => {
    const first = nextRecord(undefined, judgement('healthy'), NOW)!;
    expect(first.record).toMatchObject({ status: 'healthy', since: NOW.toISOString() });
    expect(first.transition).toEqual({
      subject: SUBJECT,
      namespace: 'shop',
      at: NOW.toISOString(),
      to: 'healthy',
      release: { revision: '1', images: [{ container: 'main', image: 'web:1' }] },
    });
    const again = judgement('healthy', {
      since: '2026-11-21T08:00:00Z',
      recheckAt: '2026-11-21T11:00:00Z',
    });
    expect(nextRecord(first.record, again, NOW)).toBeUndefined();
  });

  it.each<[string, Status, string | undefined, string]>([
    ['goes on', 'healthy', '2026-11-21T09:30:00Z', '2026-11-21T09:00:00.000Z'],
    [
      'begins when the objects say so',
      'degraded',
      '2026-11-21T09:59:30Z',
      '2026-11-21T09:59:30.000Z',
    ],
    ['begins now when they do not say', 'degraded', undefined, NOW.toISOString()],
    [
      'begins now when they say before the last status',
      'degraded',
      '2026-11-20T09:00:00Z',
      NOW.toISOString(),
    ],
    ['begins now when their clock is ahead', 'degraded', '2026-11-21T10:00:09Z', NOW.toISOString()],
    ['begins now when they say nonsense', 'degraded', 'yesterday', NOW.toISOString()],
  ])('a status %s', (_, status, since, expected) => {
    const next = nextRecord(known('healthy'), judgement(status, { since, image: 'web:2' }), NOW)!;
    expect(next.record.since).toBe(expected);
    expect(next.transition?.from).toBe(status === 'healthy' ? undefined : 'healthy');
  });

  it('remembers what the last release changed, through the statuses that follow', () => {
    const rolling = nextRecord(
      known('healthy'),
      judgement('progressing', { revision: '2', image: 'web:2' }),
      NOW,
    )!.record;
    const change = {
      at: NOW.toISOString(),
      from: { revision: '1', images: [{ container: 'main', image: 'web:1' }] },
      to: { revision: '2', images: [{ container: 'main', image: 'web:2' }] },
    };
    expect(rolling.releaseChange).toEqual(change);
    const later = new Date(NOW.getTime() + 60_000);
    const broken = nextRecord(
      rolling,
      judgement('down', { revision: '2', image: 'web:2' }),
      later,
    )!;
    expect(broken.record.releaseChange).toEqual(change);
    expect(broken.transition).toMatchObject({ from: 'progressing', to: 'down' });
  });

  it('remembers when the configuration changed, though nothing came of it yet', () => {
    const changed = nextRecord(
      known('healthy', { map: '1' }),
      judgement('healthy', { map: '2' }),
      NOW,
    )!;
    expect(changed.record.releaseChange).toMatchObject({
      at: NOW.toISOString(),
      from: { configuration: { 'ConfigMap settings': '1' } },
      to: { configuration: { 'ConfigMap settings': '2' } },
    });
    expect(changed.transition).toBeUndefined();
  });

  it('takes no release for another because more is recorded of it than before', () => {
    const next = nextRecord(known('healthy'), judgement('healthy', { map: '2' }), NOW)!;
    expect(next.record.releaseChange).toBeUndefined();
    expect(next.record.release?.configuration).toEqual({ 'ConfigMap settings': '2' });
  });

  it('takes what a release changes step by step for one change, and what comes later for another', () => {
    const steps: [number, Parameters<typeof judgement>[1]][] = [
      [0, { map: '2' }],
      [2_000, { map: '2', image: 'web:2' }],
      [4_000, { map: '2', image: 'web:2', revision: '2' }],
    ];
    let last = known('healthy', { map: '1' });
    for (const [ms, release] of steps)
      last = nextRecord(
        last,
        judgement('progressing', release),
        new Date(NOW.getTime() + ms),
      )!.record;
    expect(last.releaseChange).toMatchObject({
      at: NOW.toISOString(),
      from: {
        revision: '1',
        images: [{ image: 'web:1' }],
        configuration: { 'ConfigMap settings': '1' },
      },
      to: {
        revision: '2',
        images: [{ image: 'web:2' }],
        configuration: { 'ConfigMap settings': '2' },
      },
    });

    const later = new Date(NOW.getTime() + 60_000);
    const next = nextRecord(
      last,
      judgement('progressing', { map: '3', image: 'web:2', revision: '2' }),
      later,
    )!;
    expect(next.record.releaseChange).toMatchObject({
      at: later.toISOString(),
      from: { configuration: { 'ConfigMap settings': '2' } },
    });
  });

  it('keeps the readiness of an object without a workload, and no status', () => {
    const { health, ...orphan } = judgement('healthy');
    const next = nextRecord(undefined, orphan, NOW)!;
    expect(next.record.status).toBeUndefined();
    expect(next.transition).toBeUndefined();
  });
});
