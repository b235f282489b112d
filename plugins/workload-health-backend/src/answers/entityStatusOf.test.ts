import type { Status } from '@waymark/health';
import type { ClusterStateRow } from '../database/rows';
import type { EntitySelector } from '../entities/EntitySelector';
import { clusterStanding } from './clusterStanding';
import { entityStatusOf } from './entityStatusOf';
import type { DirectoryEntry } from './SubjectDirectory';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000).toISOString();
const SELECTOR: EntitySelector = { by: 'name', labels: {}, text: '' };

const row = (overrides: Partial<ClusterStateRow> = {}): ClusterStateRow => ({
  cluster: 'eu',
  state: 'live',
  message: null,
  last_contact: ago(3),
  forbidden: '[]',
  written_at: ago(2),
  revision: 1,
  ...overrides,
});

const entry = (cluster: string, status: Status | undefined, seconds = 600): DirectoryEntry => ({
  subject: `apps/Deployment/shop/${cluster}-${status}`,
  owned: { cluster, labels: {} },
  ...(status && { status }),
  since: ago(seconds),
  revision: 1,
  ...(status === 'down' && { cause: { code: 'crash', args: {} } }),
});

describe('clusterStanding', () => {
  const eu = { name: 'eu', title: 'Europe' };

  it.each<[string, ClusterStateRow | undefined, object, boolean]>([
    ['never collected', undefined, { state: 'listing' }, false],
    ['live', row(), { state: 'live', title: 'Europe', lastContact: ago(3) }, true],
    ['missed for less than 30 s', row({ last_contact: ago(29) }), { state: 'live' }, true],
    ['not heard of for 30 s', row({ last_contact: ago(30) }), { state: 'stale' }, false],
    [
      'without a collector',
      row({ written_at: ago(31) }),
      { state: 'stale', message: 'no replica of the portal watches this cluster' },
      false,
    ],
    [
      'stale for a moment',
      row({ state: 'stale', message: 'connection reset' }),
      { state: 'stale', message: 'connection reset' },
      true,
    ],
    [
      'refused',
      row({ state: 'unauthorised', message: 'Unauthorized' }),
      { state: 'unauthorised', message: 'Unauthorized' },
      false,
    ],
    [
      'never reached',
      row({ state: 'unreachable', last_contact: null }),
      { state: 'unreachable' },
      false,
    ],
  ])('of a cluster %s', (_, state, health, trusted) => {
    const standing = clusterStanding(eu, state, NOW);
    expect(standing.health).toMatchObject(health);
    expect(standing.trusted).toBe(trusted);
  });
});

describe('entityStatusOf', () => {
  const standings = new Map([
    ['eu', clusterStanding({ name: 'eu' }, row(), NOW)],
    ['sick', clusterStanding({ name: 'sick' }, row({ last_contact: ago(90) }), NOW)],
    ['new', clusterStanding({ name: 'new' }, undefined, NOW)],
  ]);
  const statusOf = (entries: DirectoryEntry[], selector = SELECTOR) =>
    entityStatusOf({ selector, entries, standingOf: name => standings.get(name), now: NOW });

  it.each<[string, DirectoryEntry[], EntitySelector, object | undefined]>([
    ['nothing', [], SELECTOR, undefined],
    ['an orphan only', [entry('eu', undefined)], SELECTOR, undefined],
    [
      'the worst, since it first was',
      [entry('eu', 'healthy', 900), entry('eu', 'down', 60), entry('eu', 'down', 120)],
      SELECTOR,
      { status: 'down', since: ago(120), cause: { code: 'crash', args: {} } },
    ],
    [
      'unknown where the cluster is not heard of, whatever it was',
      [entry('eu', 'healthy'), entry('sick', 'healthy')],
      SELECTOR,
      { status: 'unknown', since: ago(90), staleSince: ago(90) },
    ],
    [
      'a known fault before what is not known',
      [entry('eu', 'down', 60), entry('sick', 'down')],
      SELECTOR,
      { status: 'down', since: ago(60), cause: { code: 'crash', args: {} }, staleSince: ago(90) },
    ],
    [
      'unknown where the named cluster never answered',
      [],
      { ...SELECTOR, clusters: ['new'] },
      { status: 'unknown', since: NOW.toISOString(), staleSince: NOW.toISOString() },
    ],
    [
      'not disturbed by a sick cluster that it has nothing in',
      [entry('eu', 'healthy')],
      SELECTOR,
      { status: 'healthy', since: ago(600) },
    ],
    [
      'unknown where nobody configured the named cluster, whatever another one shows',
      [entry('eu', 'healthy')],
      { ...SELECTOR, clusters: ['eu', 'gone'] },
      { status: 'unknown', since: NOW.toISOString(), staleSince: NOW.toISOString() },
    ],
  ])('is %s', (_, entries, selector, expected) => {
    expect(statusOf(entries, selector)).toEqual(expected);
  });
});
