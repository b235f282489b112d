import type { Clock } from '@waymark/cluster-watch';
import type { Knex } from 'knex';
import type { LeaseRow } from '../database/rows';
import type { LeaseStore } from './LeaseStore';

/**
 * How long a lease outlives its owner. Three renewals fit in: a replica that misses two still owns its clusters. The
 * replicas' clocks must agree to within a few seconds, as TLS and tokens demand anyway.
 */
export const LEASE_MS = 12_000;

export interface DatabaseLeaseStoreOptions {
  readonly knex: Knex;
  readonly owner: string;
  readonly clock: Clock;
}

export class DatabaseLeaseStore implements LeaseStore {
  readonly #knex: Knex;
  readonly #owner: string;
  readonly #clock: Clock;

  constructor({ knex, owner, clock }: DatabaseLeaseStoreOptions) {
    this.#knex = knex;
    this.#owner = owner;
    this.#clock = clock;
  }

  async acquire(cluster: string): Promise<boolean> {
    const owner = this.#owner;
    const now = this.#clock.now();
    const expires = now + LEASE_MS;
    const taken = await this.#knex<LeaseRow>('leases')
      .where({ cluster })
      .andWhere(free => free.where({ owner }).orWhere('expires', '<=', now))
      .update({ owner, expires });
    if (taken) return true;
    await this.#knex<LeaseRow>('leases')
      .insert({ cluster, owner, expires })
      .onConflict('cluster')
      .ignore();
    const held = await this.#knex<LeaseRow>('leases').where({ cluster, owner }).first('cluster');
    return held !== undefined;
  }

  async release(): Promise<void> {
    await this.#knex<LeaseRow>('leases').where({ owner: this.#owner }).delete();
  }
}
