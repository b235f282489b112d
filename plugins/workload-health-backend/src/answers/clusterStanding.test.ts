import type { ClusterStateRow } from '../database/rows';
import { clusterStanding } from './clusterStanding';

const NOW = new Date('2026-11-21T10:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000).toISOString();
const NO_PODS = JSON.stringify([{ kind: 'Pod', verb: 'list', resource: 'pods', message: 'no' }]);

const rowWith = (row: Partial<ClusterStateRow>): ClusterStateRow => ({
  cluster: 'eu',
  state: 'live',
  message: null,
  last_contact: ago(2),
  fit_at: ago(2),
  forbidden: '[]',
  written_at: ago(1),
  revision: 1,
  ...row,
});

describe('clusterStanding', () => {
  it.each<[string, Partial<ClusterStateRow>, boolean, string, RegExp, RegExp]>([
    ['is well', {}, true, 'live', /^$/, /^$/],
    ['was heard of 29 s ago', { last_contact: ago(29) }, true, 'live', /^$/, /^$/],
    [
      'was heard of 30 s ago',
      { last_contact: ago(30) },
      false,
      'stale',
      /^$/,
      /See that the API server of eu runs/,
    ],
    [
      'answers again, while its verdicts are of last night',
      { state: 'listing', fit_at: ago(30_000) },
      false,
      'listing',
      /^$/,
      /^$/,
    ],
    ['was taken over', { state: 'listing', fit_at: ago(12) }, true, 'listing', /^$/, /^$/],
    [
      'lets one kind wait',
      { state: 'stale', message: 'etcdserver: timeout', fit_at: ago(31) },
      false,
      'stale',
      /etcdserver/,
      /kubectl get --raw/,
    ],
    [
      'is read for the first time',
      { state: 'listing', last_contact: null, fit_at: null },
      false,
      'listing',
      /^$/,
      /^$/,
    ],
    [
      'refuses an expired token',
      { state: 'unauthorised', message: 'Unauthorized' },
      false,
      'unauthorised',
      /^Unauthorized$/,
      /^Renew the credentials .* for eu; on EKS/,
    ],
    [
      'lets nothing be read',
      { state: 'unauthorised', message: 'nothing may be read: no', forbidden: NO_PODS },
      false,
      'unauthorised',
      /nothing may be read/,
      /^Bind the ClusterRole of docs\/cluster-role.yaml .* in eu/,
    ],
    [
      'lets one kind not be read',
      { forbidden: NO_PODS },
      true,
      'live',
      /^$/,
      /^Bind the ClusterRole/,
    ],
    [
      'went down a moment ago',
      { state: 'stale', message: 'connect ECONNREFUSED' },
      true,
      'stale',
      /ECONNREFUSED/,
      /kubectl get --raw/,
    ],
    [
      'is down',
      { state: 'stale', message: 'connect ECONNREFUSED', last_contact: ago(31) },
      false,
      'stale',
      /ECONNREFUSED/,
      /See that the API server of eu runs/,
    ],
    [
      'was never reached',
      { state: 'unreachable', message: 'getaddrinfo ENOTFOUND eu.example', last_contact: null },
      false,
      'unreachable',
      /ENOTFOUND/,
      /See that the API server of eu runs/,
    ],
    [
      'nobody watches any more',
      { written_at: ago(31) },
      false,
      'stale',
      /no replica of the portal/,
      /^Read the log of the portal/,
    ],
  ])('says of a cluster that %s how it stands, why and what to do', (...given) => {
    const [, row, trusted, state, message, nextStep] = given;
    const standing = clusterStanding({ name: 'eu', title: 'Europe' }, rowWith(row), NOW);
    expect(standing.trusted).toBe(trusted);
    expect(standing.health).toMatchObject({ name: 'eu', title: 'Europe', state });
    expect(standing.health.message ?? '').toMatch(message);
    expect(standing.health.nextStep ?? '').toMatch(nextStep);
  });

  it('knows nothing of a cluster that nobody has watched yet', () => {
    expect(clusterStanding({ name: 'eu' }, undefined, NOW)).toEqual({
      trusted: false,
      health: { name: 'eu', state: 'listing', forbidden: [] },
    });
  });
});
