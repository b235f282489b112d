import { ManualClock } from '@waymark/cluster-watch';
import { ClusterOwnership } from './ClusterOwnership';
import type { LeaseStore } from './LeaseStore';
import { LEASE_MS } from './DatabaseLeaseStore';

const CLUSTERS = ['eu', 'us'];

/** The leases of all replicas, as the database keeps them. */
class Leases {
  readonly #held = new Map<string, { owner: string; expires: number }>();
  down = false;

  constructor(private readonly clock: ManualClock) {}

  of(owner: string): LeaseStore {
    return {
      acquire: async cluster => {
        if (this.down) throw new Error('database away');
        const held = this.#held.get(cluster);
        if (held && held.owner !== owner && held.expires > this.clock.now()) return false;
        this.#held.set(cluster, { owner, expires: this.clock.now() + LEASE_MS });
        return true;
      },
      release: async () => {
        for (const [cluster, held] of this.#held)
          if (held.owner === owner) this.#held.delete(cluster);
      },
    };
  }
}

describe('ClusterOwnership', () => {
  let clock: ManualClock;
  let leases: Leases;
  /** What happened in the clusters, by replica. */
  let log: string[];
  let errors: string[];

  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
  };
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      clock.advance(Math.min(1_000, ms - passed));
      await settle();
    }
  };

  function replica(name: string, broken?: string) {
    return new ClusterOwnership({
      clusters: CLUSTERS,
      leases: leases.of(name),
      clock,
      onError: error => errors.push(error.message),
      create: cluster => ({
        start: async () => {
          if (cluster === broken) throw new Error(`cannot start ${cluster}`);
          log.push(`${name} starts ${cluster}`);
        },
        stop: async () => {
          log.push(`${name} stops ${cluster}`);
        },
      }),
    });
  }

  beforeEach(() => {
    clock = new ManualClock('2026-11-21T10:00:00Z');
    leases = new Leases(clock);
    log = [];
    errors = [];
  });

  it('hands all clusters over at once when a replica shuts down', async () => {
    const [a, b] = [replica('a'), replica('b')];
    a.start();
    await settle();
    b.start();
    await pass(60_000);
    expect(log).toEqual(['a starts eu', 'a starts us']);

    await a.stop();
    expect(log.slice(2).sort()).toEqual(['a stops eu', 'a stops us']);
    await pass(LEASE_MS / 3);
    expect(log.slice(4)).toEqual(['b starts eu', 'b starts us']);
    await b.stop();
    expect(clock.pending).toBe(0);
  });

  it('lets another take over from a replica that is gone without a word', async () => {
    const [a, b] = [replica('a'), replica('b')];
    await leases.of('a').acquire('eu');
    await leases.of('a').acquire('us');
    b.start();
    await settle();
    for (let round = 0; round < 2; round += 1) await pass(LEASE_MS / 3);
    expect(log).toEqual([]);
    await pass(LEASE_MS / 3);
    expect(log).toEqual(['b starts eu', 'b starts us']);

    // The one that was only asleep finds out and keeps away.
    a.start();
    await pass(1);
    expect(log).toHaveLength(2);
    await Promise.all([a.stop(), b.stop()]);
  });

  it('stops when its lease must have run out while the database does not answer', async () => {
    const a = replica('a');
    a.start();
    await settle();
    leases.down = true;
    await pass(LEASE_MS / 3);
    expect(log).toHaveLength(2);
    await pass(LEASE_MS);
    expect(log.slice(2)).toEqual(['a stops eu', 'a stops us']);
    expect(errors).toContain('database away');
    leases.down = false;
    await pass(LEASE_MS / 3);
    expect(log.slice(4)).toEqual(['a starts eu', 'a starts us']);
    await a.stop();
  });

  it('goes on with the other clusters when one cannot be started, and tries again', async () => {
    const a = replica('a', 'eu');
    a.start();
    await settle();
    expect(log).toEqual(['a starts us']);
    await pass(LEASE_MS / 3);
    expect(errors).toEqual(['cannot start eu', 'cannot start eu']);
    await a.stop();
  });
});
