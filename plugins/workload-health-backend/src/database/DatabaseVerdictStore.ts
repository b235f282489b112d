import { ConflictError } from '@backstage/errors';
import type { Clock } from '@waymark/cluster-watch';
import type { Knex } from 'knex';
import type { KnownSubject } from '../collector/SubjectRecord';
import type { CollectedState, VerdictChanges, VerdictStore } from '../collector/VerdictStore';
import type { ClusterStateRow, LeaseRow, VerdictRow } from './rows';
import {
  KNOWN_COLUMNS,
  knownSubject,
  readinessRow,
  transitionRow,
  verdictRow,
} from './verdictRows';

/** SQLite takes at most 32,766 parameters in one statement, and a row of verdicts has 17. */
const ROWS_PER_STATEMENT = 500;

export interface DatabaseVerdictStoreOptions {
  readonly knex: Knex;
  /** The replica that writes: only what it holds the lease of. */
  readonly owner: string;
  readonly clock: Clock;
}

/**
 * Verdicts in the plugin's database. Every write first confirms the lease inside its own transaction: a replica that was
 * asleep while another took over cannot overwrite what that one found.
 */
export class DatabaseVerdictStore implements VerdictStore {
  readonly #knex: Knex;
  readonly #owner: string;
  readonly #clock: Clock;

  constructor({ knex, owner, clock }: DatabaseVerdictStoreOptions) {
    this.#knex = knex;
    this.#owner = owner;
    this.#clock = clock;
  }

  async known(cluster: string): Promise<readonly KnownSubject[]> {
    const rows = await this.#knex<VerdictRow>('verdicts')
      .where({ cluster })
      .whereNull('gone_at')
      .select(...KNOWN_COLUMNS);
    return rows.map(knownSubject);
  }

  async write(cluster: string, { records, gone, transitions }: VerdictChanges): Promise<void> {
    await this.#asOwner(cluster, async trx => {
      const revision = await this.#nextRevision(trx, cluster);
      const rows = records.map(record => verdictRow(record, revision));
      for (const chunk of chunks(rows))
        await trx<VerdictRow>('verdicts').insert(chunk).onConflict(['cluster', 'subject']).merge();
      for (const chunk of chunks(records.map(readinessRow)))
        await trx('readiness').insert(chunk).onConflict(['cluster', 'subject']).merge();
      for (const chunk of chunks(transitions.map(transition => transitionRow(cluster, transition))))
        await trx('transitions').insert(chunk);
      for (const subjects of chunks(gone)) {
        await trx<VerdictRow>('verdicts')
          .where({ cluster })
          .whereIn('subject', subjects)
          .update({ gone_at: this.#now(), revision });
        await trx('readiness').where({ cluster }).whereIn('subject', subjects).delete();
      }
    });
  }

  async writeState(collected: CollectedState): Promise<void> {
    const { cluster, state, message, lastContact, fitAt, kinds } = collected;
    const forbidden = Object.entries(kinds).flatMap(([kind, known]) =>
      known.state === 'forbidden'
        ? [{ kind, verb: known.verb, resource: known.resource, message: known.message }]
        : [],
    );
    await this.#asOwner(cluster, async trx => {
      const row = {
        cluster,
        state,
        // PostgreSQL keeps no NUL in a text, and the message is whatever answered instead of an API server.
        message: message?.replaceAll('\0', '') ?? null,
        forbidden: JSON.stringify(forbidden),
        written_at: this.#now(),
        // A collector that has not come so far yet does not forget when its predecessor had.
        ...(lastContact && { last_contact: lastContact.toISOString() }),
        ...(fitAt && { fit_at: fitAt.toISOString() }),
      };
      await trx('cluster_states')
        .insert({ ...row, revision: 0 })
        .onConflict('cluster')
        .merge(row);
    });
  }

  async #nextRevision(trx: Knex.Transaction, cluster: string): Promise<number> {
    const counted = await trx('cluster_states').where({ cluster }).increment('revision', 1);
    if (!counted)
      await trx('cluster_states').insert({
        cluster,
        state: 'listing',
        forbidden: '[]',
        written_at: this.#now(),
        revision: 1,
      });
    const row = await trx<ClusterStateRow>('cluster_states').where({ cluster }).first('revision');
    return Number(row!.revision);
  }

  async #asOwner(cluster: string, write: (trx: Knex.Transaction) => Promise<void>) {
    const owner = this.#owner;
    await this.#knex.transaction(async trx => {
      // An update that changes nothing locks the row until the end, in every database alike.
      const held = await trx<LeaseRow>('leases').where({ cluster, owner }).update({ owner });
      if (!held) throw new ConflictError(`Another replica collects cluster '${cluster}' by now`);
      await write(trx);
    });
  }

  #now() {
    return new Date(this.#clock.now()).toISOString();
  }
}

function chunks<T>(items: readonly T[]): T[][] {
  const all: T[][] = [];
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT)
    all.push(items.slice(start, start + ROWS_PER_STATEMENT));
  return all;
}
