import { type ClusterState, ManualClock } from '@waymark/cluster-watch';
import type { Status, WorkloadFacts } from '@waymark/health';
import { SubjectDetailsReader } from '../answers/SubjectDetails';
import { SubjectDirectory } from '../answers/SubjectDirectory';
import { cleanUp } from '../cleanUp';
import { departureOf } from '../collector/departureOf';
import { nextRecord } from '../collector/nextRecord';
import type { VerdictChanges } from '../collector/VerdictStore';
import { DatabaseLeaseStore } from '../leases/DatabaseLeaseStore';
import { describeEachDatabase } from '../__testUtils__/describeEachDatabase';
import { DatabaseVerdictStore } from './DatabaseVerdictStore';

jest.setTimeout(60_000);

const STATE: ClusterState = {
  cluster: 'eu',
  state: 'live',
  lastContact: new Date('2026-11-21T09:59:58Z'),
  kinds: {
    Pod: { state: 'live', since: new Date() },
    Node: { state: 'forbidden', verb: 'list', resource: 'nodes', message: 'nodes is forbidden' },
  },
};
const SELECTOR = { by: 'name', labels: { matchLabels: { app: 'web' } }, text: '' } as const;
const NAMES = ['web', "we'b; drop table verdicts", 'wéb-🚢'];

function changes(now: Date, status: Status, names = NAMES): VerdictChanges {
  const written = names.map(name => {
    const workload = { group: 'apps', kind: 'Deployment', namespace: 'shop', name };
    return nextRecord(
      undefined,
      {
        subject: `apps/Deployment/shop/${name}`,
        owned: { cluster: 'eu', namespace: 'shop', labels: { app: 'web' }, application: 'shop' },
        readiness: { open: [], passed: { resilient: ['pdb-missing x'] } },
        health: {
          verdict: {
            subject: workload,
            status,
            symptoms: [],
            gaps: [],
            cause: { code: 'crash-loop', args: { exit: 1 }, evidence: [] },
          },
          facts: {
            workload,
            images: [{ container: 'main', image: 'web:1' }],
          } as unknown as WorkloadFacts,
        },
      },
      now,
    )!;
  });
  return {
    records: written.map(({ record }) => record),
    transitions: written.flatMap(({ transition }) => transition ?? []),
    gone: [],
  };
}

describeEachDatabase('DatabaseVerdictStore', ({ migrated }) => {
  async function setUp() {
    const knex = await migrated();
    const clock = new ManualClock('2026-11-21T10:00:00Z');
    const replica = (owner: string) => ({
      store: new DatabaseVerdictStore({ knex, owner, clock }),
      leases: new DatabaseLeaseStore({ knex, owner, clock }),
    });
    const now = () => new Date(clock.now());
    return { knex, clock, replica, now };
  }

  it('gives back what was written, and readers see each write once it is there', async () => {
    const { knex, clock, replica, now } = await setUp();
    const { store, leases } = replica('a');
    await leases.acquire('eu');
    const directory = new SubjectDirectory({ knex, clock });
    const details = new SubjectDetailsReader(knex);
    await directory.sync();
    expect(directory.ownedBy(SELECTOR)).toEqual([]);

    const first = changes(now(), 'healthy');
    await store.write('eu', first);
    await store.writeState(STATE);
    const known = await store.known('eu');
    expect(known.map(({ subject }) => subject).sort()).toEqual(
      first.records.map(({ subject }) => subject).sort(),
    );
    const { health, readiness, observedAt, ...expected } = first.records[0];
    expect(known.find(({ subject }) => subject === expected.subject)).toEqual(expected);

    await directory.sync();
    const entries = directory.ownedBy(SELECTOR);
    expect(entries).toHaveLength(3);
    expect(entries[0]).toMatchObject({
      status: 'healthy',
      cause: { code: 'crash-loop', args: { exit: 1 } },
    });
    const [[, detail]] = await details.read(entries);
    expect(detail.facts?.images).toEqual([{ container: 'main', image: 'web:1' }]);
    expect(detail.readiness.passed).toEqual({ resilient: ['pdb-missing x'] });
    expect(directory.stateOf('eu')).toMatchObject({
      state: 'live',
      last_contact: '2026-11-21T09:59:58.000Z',
      forbidden: JSON.stringify([
        { kind: 'Node', verb: 'list', resource: 'nodes', message: 'nodes is forbidden' },
      ]),
    });

    await store.write('eu', { ...changes(now(), 'down', ['web']), gone: [entries[1].subject] });
    await directory.sync();
    const after = directory.ownedBy(SELECTOR);
    expect(after.map(({ status }) => status).sort()).toEqual(['down', 'healthy']);
    const down = after.find(({ status }) => status === 'down')!;
    expect((await details.read([down]))[0][1].verdict?.status).toBe('down');
    expect(await store.known('eu')).toHaveLength(2);
    expect(await knex('transitions').where({ to_status: 'down' })).toHaveLength(1);
  });

  it('logs that a workload went away, shows it to nobody, and takes it back when it returns', async () => {
    const { knex, clock, replica, now } = await setUp();
    const { store, leases } = replica('a');
    await leases.acquire('eu');
    const directory = new SubjectDirectory({ knex, clock });
    await store.write('eu', changes(now(), 'healthy', ['web']));
    clock.advance(5_000);
    const [known] = await store.known('eu');
    const gone = { records: [], gone: [known.subject], transitions: [departureOf(known, now())!] };
    await store.write('eu', gone);
    await directory.sync();
    expect(directory.ownedBy(SELECTOR)).toEqual([]);
    expect(await store.known('eu')).toEqual([]);

    clock.advance(5_000);
    await store.write('eu', changes(now(), 'down', ['web']));
    await directory.sync();
    expect(directory.ownedBy(SELECTOR)).toMatchObject([{ status: 'down' }]);
    const log = await knex('transitions').orderBy('at').select('at', 'from_status', 'to_status');
    expect(
      log.map(({ at, from_status, to_status }) => [at.slice(17, 19), from_status, to_status]),
    ).toEqual([
      ['00', null, 'healthy'],
      ['05', 'healthy', 'gone'],
      ['10', null, 'down'],
    ]);
  });

  it('takes whatever an object or an API server may say, in either database', async () => {
    const { knex, replica, now } = await setUp();
    const { store, leases } = replica('a');
    await leases.acquire('eu');
    const application = 'shop-'.repeat(100);
    const { records, ...rest } = changes(now(), 'down', ['web']);
    const long = records.map(record => ({ ...record, owned: { ...record.owned, application } }));
    await store.write('eu', { ...rest, records: long });
    expect(await store.known('eu')).toMatchObject([{ owned: { application } }]);
    await store.writeState({ ...STATE, message: 'not\0JSON' });
    expect(await knex('cluster_states').first()).toMatchObject({ message: 'notJSON' });
  });

  it('keeps the last contact and the last fit picture while a new collector has none', async () => {
    const { knex, replica } = await setUp();
    const { store, leases } = replica('a');
    await leases.acquire('eu');
    await store.writeState({ ...STATE, fitAt: new Date('2026-11-21T09:00:00Z') });
    await store.writeState({ ...STATE, state: 'listing', lastContact: undefined });
    expect(await knex('cluster_states').first()).toMatchObject({
      state: 'listing',
      last_contact: '2026-11-21T09:59:58.000Z',
      fit_at: '2026-11-21T09:00:00.000Z',
    });
  });

  it('lets two replicas have a cluster one after the other, and only its owner write', async () => {
    const { clock, replica, now } = await setUp();
    const [a, b] = [replica('a'), replica('b')];
    expect(await a.leases.acquire('eu')).toBe(true);
    expect(await b.leases.acquire('eu')).toBe(false);
    clock.advance(8_000);
    expect(await a.leases.acquire('eu')).toBe(true);
    clock.advance(8_000);
    expect(await b.leases.acquire('eu')).toBe(false);
    clock.advance(4_000);
    expect(await b.leases.acquire('eu')).toBe(true);
    await expect(a.store.write('eu', changes(now(), 'down'))).rejects.toThrow('Another replica');
    await expect(a.store.writeState(STATE)).rejects.toThrow('Another replica');
    await b.store.write('eu', changes(now(), 'healthy'));

    await b.leases.release();
    expect(await a.leases.acquire('eu')).toBe(true);
    expect(await a.store.known('eu')).toHaveLength(3);
  });

  it('gives a lease to one of many that ask at once', async () => {
    const { replica } = await setUp();
    const asked = await Promise.all(
      ['a', 'b', 'c'].map(owner => replica(owner).leases.acquire('eu')),
    );
    expect(asked.filter(Boolean)).toHaveLength(1);
  });

  it('takes out what is too old, and nothing else', async () => {
    const { knex, clock, replica, now } = await setUp();
    const { store, leases } = replica('a');
    await leases.acquire('eu');
    await store.writeState(STATE);
    await store.write('eu', changes(now(), 'down'));
    await store.write('eu', { records: [], transitions: [], gone: ['apps/Deployment/shop/web'] });
    clock.advance(2 * 3_600_000);
    await leases.acquire('eu');
    await cleanUp({ knex, clock, historyDays: 30 });
    expect(await knex('verdicts')).toHaveLength(2);
    expect(await knex('transitions')).toHaveLength(3);

    clock.advance(31 * 24 * 3_600_000);
    await cleanUp({ knex, clock, historyDays: 30 });
    expect(await knex('transitions')).toEqual([]);
    expect(await knex('verdicts')).toEqual([]);
    expect(await knex('cluster_states')).toEqual([]);
  });

  it('takes a thousand records in one go', async () => {
    const { replica, now } = await setUp();
    const { store, leases } = replica('a');
    await leases.acquire('eu');
    const names = Array.from({ length: 1_200 }, (_, index) => `web-${index}`);
    await store.write('eu', changes(now(), 'healthy', names));
    expect(await store.known('eu')).toHaveLength(1_200);
  });
});
