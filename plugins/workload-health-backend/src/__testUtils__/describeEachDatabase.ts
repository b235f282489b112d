import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES16_CONNECTION_STRING';
const IDS = ['SQLITE_3', 'POSTGRES_16'] as const;

/**
 * The same tests on SQLite and PostgreSQL. PostgreSQL needs its connection string in the environment; without it its half shows
 * as skipped, for a container would be looked for in vain. `migrated` opens a new database at every call.
 */
export function describeEachDatabase(
  name: string,
  tests: (open: { empty: () => Promise<Knex>; migrated: () => Promise<Knex> }) => void,
) {
  const databases = TestDatabases.create({ ids: [...IDS] });
  for (const id of IDS) {
    const suite = id === 'SQLITE_3' || process.env[POSTGRES] ? describe : describe.skip;
    const empty = () => databases.init(id);
    const migrated = async () => openDatabase(mockServices.database({ knex: await empty() }));
    suite(`${name} on ${id}`, () => tests({ empty, migrated }));
  }
}
