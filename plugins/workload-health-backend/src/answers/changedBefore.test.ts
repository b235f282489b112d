import type { Status } from '@waymark/health';
import { changedBefore } from './changedBefore';

const CHANGE = {
  at: '2026-11-21T10:00:00.000Z',
  from: {
    revision: '3',
    images: [
      { container: 'main', image: 'web:3' },
      { container: 'proxy', image: 'envoy:1' },
    ],
  },
  to: {
    revision: '4',
    images: [
      { container: 'main', image: 'web:4' },
      { container: 'proxy', image: 'envoy:1' },
      { container: 'agent', image: 'agent:1' },
    ],
  },
};

describe('changedBefore', () => {
  it('names what a release changed', () => {
    expect(changedBefore('down', '2026-11-21T10:02:00Z', CHANGE)).toEqual({
      at: CHANGE.at,
      revision: { from: '3', to: '4' },
      images: [
        { container: 'main', from: 'web:3', to: 'web:4' },
        { container: 'agent', to: 'agent:1' },
      ],
    });
  });

  it.each<[string, Status, string, boolean]>([
    ['a rollout under way', 'progressing', '2026-11-21T09:59:58Z', true],
    ['a fault an hour later', 'degraded', '2026-11-21T11:00:00Z', true],
    ['a fault the day after', 'degraded', '2026-11-22T10:00:00Z', false],
    ['a fault that was there before', 'down', '2026-11-21T09:30:00Z', false],
    ['a healthy workload', 'healthy', '2026-11-21T10:02:00Z', false],
    ['one that was stopped on purpose', 'suspended', '2026-11-21T10:02:00Z', false],
  ])('suspects the release of %s: %s', (_, status, since, suspected) => {
    expect(changedBefore(status, since, CHANGE) !== undefined).toBe(suspected);
  });

  it('suspects nothing where nothing changed', () => {
    expect(changedBefore('down', '2026-11-21T10:02:00Z', undefined)).toBeUndefined();
  });
});
