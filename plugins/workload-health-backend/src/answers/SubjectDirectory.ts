import type { Clock } from '@waymark/cluster-watch';
import type { Status } from '@waymark/health';
import { labelKey, labelKeysOf } from '@waymark/kube-graph';
import type { Knex } from 'knex';
import type { ClusterStateRow, VerdictRow } from '../database/rows';
import { ownedOf } from '../database/verdictRows';
import type { EntitySelector, Owned } from '../entities/EntitySelector';
import { owns } from '../entities/owns';
import { applicationKey, EVERYTHING, Postings } from '../entities/Postings';
import { coalesced } from './coalesced';

/** A row of verdicts without its weight: enough to find it and to tell its status. */
export interface DirectoryEntry {
  readonly subject: string;
  readonly owned: Owned;
  /** Absent for an object that belongs to no workload. */
  readonly status?: Status;
  readonly since: string;
  readonly cause?: { readonly code: string; readonly args: Record<string, string | number> };
  readonly revision: number;
}

const COLUMNS = [
  'cluster',
  'subject',
  'namespace',
  'labels',
  'application',
  'status',
  'since',
  'cause_code',
  'cause_args',
  'revision',
  'gone_at',
] as const satisfies readonly (keyof VerdictRow)[];

/** Rows that are gone are kept for an hour: whoever was away longer reads everything anew. */
const CATCH_UP_MS = 30 * 60_000;

/**
 * All subjects in memory, by label and application, in step with the database: each cluster counts its writes, so that
 * one small query tells what to read. That makes a page view or a thousand statuses cost the same few queries.
 */
export class SubjectDirectory {
  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly sync = coalesced(() => this.#sync());
  #postings = new Postings<DirectoryEntry>();
  #revisions = new Map<string, number>();
  #states = new Map<string, ClusterStateRow>();
  #syncedAt = -Infinity;

  constructor(options: { knex: Knex; clock: Clock }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
  }

  stateOf(cluster: string): ClusterStateRow | undefined {
    return this.#states.get(cluster);
  }

  ownedBy(selector: EntitySelector): DirectoryEntry[] {
    const { applications, labels } = selector;
    const keys = applications?.map(applicationKey) ?? (labels && labelKeysOf(labels));
    return this.#postings.under(keys ?? [EVERYTHING]).filter(({ owned }) => owns(selector, owned));
  }

  async #sync() {
    const now = this.#clock.now();
    if (now - this.#syncedAt > CATCH_UP_MS) {
      this.#postings = new Postings();
      this.#revisions = new Map();
    }
    const states = await this.#knex<ClusterStateRow>('cluster_states').select();
    for (const { cluster, revision } of states) {
      if (Number(revision) !== this.#revisions.get(cluster)) {
        await this.#read(cluster);
        this.#revisions.set(cluster, Number(revision));
      }
    }
    this.#states = new Map(states.map(state => [state.cluster, state]));
    this.#syncedAt = now;
  }

  async #read(cluster: string) {
    const rows = await this.#knex<VerdictRow>('verdicts')
      .where({ cluster })
      .andWhere('revision', '>', this.#revisions.get(cluster) ?? -1)
      .select(...COLUMNS);
    for (const row of rows) {
      const id = `${cluster} ${row.subject}`;
      if (row.gone_at) this.#postings.delete(id);
      else this.#place(id, entryOf(row));
    }
  }

  #place(id: string, entry: DirectoryEntry) {
    const { labels, application } = entry.owned;
    this.#postings.set(id, entry, [
      EVERYTHING,
      ...Object.entries(labels).map(([key, value]) => labelKey(key, value)),
      ...(application ? [applicationKey(application)] : []),
    ]);
  }
}

const entryOf = (row: Pick<VerdictRow, (typeof COLUMNS)[number]>): DirectoryEntry => ({
  subject: row.subject,
  owned: ownedOf(row),
  ...(row.status && { status: row.status }),
  since: row.since,
  ...(row.cause_code && {
    cause: { code: row.cause_code, args: JSON.parse(row.cause_args ?? '{}') },
  }),
  revision: Number(row.revision),
});
