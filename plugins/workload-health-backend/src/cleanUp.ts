import type { Clock } from '@waymark/cluster-watch';
import type { Knex } from 'knex';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer than any replica reads without noticing what is gone (`SubjectDirectory`). */
const GONE_KEPT_MS = HOUR_MS;

export interface CleanUpOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly historyDays: number;
}

/** Takes out what nobody will read any more: old transitions, verdicts of objects and clusters that are gone. */
export async function cleanUp({ knex, clock, historyDays }: CleanUpOptions): Promise<void> {
  const ago = (ms: number) => new Date(clock.now() - ms).toISOString();
  await knex('transitions')
    .where('at', '<', ago(historyDays * DAY_MS))
    .delete();
  await knex('verdicts').where('gone_at', '<', ago(GONE_KEPT_MS)).delete();
  const forgotten = await knex('cluster_states')
    .where('written_at', '<', ago(historyDays * DAY_MS))
    .pluck('cluster');
  for (const cluster of forgotten) {
    for (const table of ['verdicts', 'readiness', 'cluster_states'])
      await knex(table).where({ cluster }).delete();
  }
}
