import type { Measure } from '../Bench';
import { quantiles } from '../quantiles';
import type { SideNumbers } from './Contender';
import type { Load } from './load/fire';
import type { StatusesNumbers } from './measureStatuses';

const PEER = '@backstage/plugin-kubernetes-backend';
const KB = 1000;

/** Both sides of one scenario, each number beside its twin; the targets are those of DESIGN.md §6. */
export function compareSides(scenario: string, ours: SideNumbers, theirs: SideNumbers): Measure[] {
  const row = (what: string, unit: string, of: (numbers: SideNumbers) => number): Measure => ({
    what: `${scenario}: ${what}`,
    unit,
    ours: rounded(of(ours)),
    theirs: { name: PEER, value: rounded(of(theirs)) },
  });
  const faster = ours.tenClients.viewsPerSecond / theirs.tenClients.viewsPerSecond;
  return [
    {
      ...row('cluster API requests a view', 'requests', ({ requests }) => requests),
      target: { text: '0', met: ours.requests === 0 },
    },
    row('bytes from the clusters a view', 'kB', ({ clusterBytes }) => clusterBytes / KB),
    row('answer', 'kB', ({ bytes }) => bytes / KB),
    {
      ...row('answer, gzip', 'kB', ({ gzip }) => gzip / KB),
      target: { text: '≤ 15', met: ours.gzip <= 15 * KB },
    },
    row('views by 1 client', 'views/s', ({ oneClient }) => oneClient.viewsPerSecond),
    row('p50, 1 client', 'ms', ({ oneClient }) => oneClient.p50),
    row('p95, 1 client', 'ms', ({ oneClient }) => oneClient.p95),
    row('views by 10 clients', 'views/s', ({ tenClients }) => tenClients.viewsPerSecond),
    {
      what: `${scenario}: views by 10 clients, ours over theirs`,
      unit: 'times',
      ours: rounded(faster),
      target: { text: '≥ 20', met: faster >= 20 },
    },
    row('CPU time of the backend a view, 10 clients', 'ms', ({ cpuTime }) => cpuTime),
    row('p50, 10 clients', 'ms', ({ tenClients }) => tenClients.p50),
    {
      ...row('p95, 10 clients', 'ms', ({ tenClients }) => tenClients.p95),
      target: { text: '≤ 50', met: ours.tenClients.p95 <= 50 },
    },
  ];
}

/** `again`: pages that the same user saw within five seconds; `entity`: what the catalog itself takes to show one entity. */
export const measuresOfLoads = (again: Load, entity: Load): Measure[] => [
  {
    what: 'the same page by the same user within 5 s, 10 clients',
    unit: 'views/s',
    ours: rounded(again.viewsPerSecond),
  },
  {
    what: "the catalog's own answer about one entity, 10 clients",
    unit: 'answers/s',
    ours: rounded(entity.viewsPerSecond),
  },
];

export function measuresOfStatuses({ first, again, bytes, gzip }: StatusesNumbers): Measure[] {
  const row = (what: string, unit: string, ours: number): Measure => ({
    what: `status of 1,000 entities in 1 request: ${what}`,
    unit,
    ours: rounded(ours),
  });
  const { median, p95 } = quantiles(first);
  return [
    row('p50, a user that comes', 'ms', median),
    { ...row('p95, a user that comes', 'ms', p95), target: { text: '≤ 100', met: p95 <= 100 } },
    row('p50, within 5 s after', 'ms', quantiles(again).median),
    row('p95, within 5 s after', 'ms', quantiles(again).p95),
    { ...row('answer', 'kB', bytes / KB), target: { text: '≤ 60', met: bytes <= 60 * KB } },
    { ...row('answer, gzip', 'kB', gzip / KB), target: { text: '≤ 60', met: gzip <= 60 * KB } },
  ];
}

const rounded = (value: number) => Number(value.toFixed(value < 100 ? 2 : 0));
