import { type DatabaseService, resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

export const migrationsDirectory = resolvePackagePath(
  '@waymark/backstage-plugin-workload-health-backend',
  'migrations',
);

/** The plugin's database, brought up to date unless the portal's operators do that themselves. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) await knex.migrate.latest({ directory: migrationsDirectory });
  return knex;
}
