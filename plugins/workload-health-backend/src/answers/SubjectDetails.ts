import type { Verdict, WorkloadFacts } from '@waymark/health';
import type { Knex } from 'knex';
import type { SubjectReadiness } from '../collector/SubjectReadiness';
import type { ReleaseChange } from '../collector/SubjectRecord';
import type { ReadinessRow, VerdictRow } from '../database/rows';
import type { DirectoryEntry } from './SubjectDirectory';

/** The weight of a row: what a page shows of it. */
export interface SubjectDetails {
  readonly verdict?: Verdict;
  readonly facts?: WorkloadFacts;
  readonly releaseChange?: ReleaseChange;
  readonly readiness: SubjectReadiness;
}

/** The pages that people look at are few: theirs stay parsed. About 10 kB each. */
const KEPT = 1_000;

/** Details of subjects, read once for each of their revisions. */
export class SubjectDetailsReader {
  readonly #knex: Knex;
  readonly #kept = new Map<
    string,
    { readonly revision: number; readonly details: SubjectDetails }
  >();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** In the order of the entries; one that went away meanwhile is left out. */
  async read(entries: readonly DirectoryEntry[]): Promise<[DirectoryEntry, SubjectDetails][]> {
    const missing = entries.filter(entry => !this.#keptOf(entry));
    for (const cluster of new Set(missing.map(({ owned }) => owned.cluster))) {
      await this.#load(
        cluster,
        missing.filter(({ owned }) => owned.cluster === cluster),
      );
    }
    return entries.flatMap(entry => {
      const details = this.#keptOf(entry);
      return details ? [[entry, details]] : [];
    });
  }

  #keptOf({ owned, subject, revision }: DirectoryEntry): SubjectDetails | undefined {
    const kept = this.#kept.get(`${owned.cluster} ${subject}`);
    return kept && kept.revision >= revision ? kept.details : undefined;
  }

  async #load(cluster: string, entries: readonly DirectoryEntry[]) {
    const rows = await this.#knex<VerdictRow & ReadinessRow>('verdicts')
      .leftJoin('readiness', join =>
        join
          .on('readiness.cluster', 'verdicts.cluster')
          .andOn('readiness.subject', 'verdicts.subject'),
      )
      .where('verdicts.cluster', cluster)
      .whereIn(
        'verdicts.subject',
        entries.map(({ subject }) => subject),
      )
      .select(
        'verdicts.subject',
        'verdicts.revision',
        'verdicts.verdict',
        'verdicts.facts',
        'verdicts.release_change',
        'readiness.results',
      );
    for (const row of rows) this.#keep(`${cluster} ${row.subject}`, Number(row.revision), row);
  }

  #keep(
    id: string,
    revision: number,
    row: Pick<VerdictRow & ReadinessRow, 'verdict' | 'facts' | 'release_change' | 'results'>,
  ) {
    this.#kept.delete(id);
    this.#kept.set(id, {
      revision,
      details: {
        ...(row.verdict && { verdict: JSON.parse(row.verdict) }),
        ...(row.facts && { facts: JSON.parse(row.facts) }),
        ...(row.release_change && { releaseChange: JSON.parse(row.release_change) }),
        readiness: row.results ? JSON.parse(row.results) : { open: [], passed: {} },
      },
    });
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
  }
}
