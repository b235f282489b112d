import type { Status } from '@waymark/health';
import type { Configuration } from '../collector/configurationOf';
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
      configuration: [],
    });
  });

  it.each<[string, Configuration | undefined, Configuration | undefined, string[]]>([
    [
      'another checksum',
      { 'checksum/config': 'a' },
      { 'checksum/config': 'b' },
      ['checksum/config'],
    ],
    [
      'one of two ConfigMaps',
      { 'ConfigMap a': '1', 'ConfigMap b': '1' },
      { 'ConfigMap a': '1', 'ConfigMap b': '2' },
      ['ConfigMap b'],
    ],
    ['nothing that could not be read before', {}, { 'ConfigMap a': '1' }, []],
    ['nothing that cannot be read any more', { 'ConfigMap a': '1' }, {}, []],
    ['nothing that was not recorded', undefined, { 'ConfigMap a': '1' }, []],
  ])('names of the configuration %s', (_, from, to, configuration) => {
    const release = { revision: '3', images: [] };
    const change = {
      at: CHANGE.at,
      from: { ...release, ...(from && { configuration: from }) },
      to: { ...release, ...(to && { configuration: to }) },
    };
    expect(changedBefore('down', '2026-11-21T10:02:00Z', change)).toEqual({
      at: CHANGE.at,
      images: [],
      configuration,
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
