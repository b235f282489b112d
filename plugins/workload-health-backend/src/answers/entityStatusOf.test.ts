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
  fit_at: ago(3),
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
