import { describeEachDatabase } from '../__testUtils__/describeEachDatabase';
import { migrationsDirectory } from './openDatabase';

jest.setTimeout(60_000);

const TABLES = [
  'cluster_states',
  'entity_selectors',
  'leases',
  'readiness',
  'transitions',
  'verdicts',
];

describeEachDatabase('migrations', ({ empty }) => {
  it('go up and down again', async () => {
    const knex = await empty();
    const existing = async () => {
      const found = await Promise.all(TABLES.map(table => knex.schema.hasTable(table)));
      return TABLES.filter((_, index) => found[index]);
    };
    await knex.migrate.latest({ directory: migrationsDirectory });
    expect(await existing()).toEqual(TABLES);
    await knex.migrate.down({ directory: migrationsDirectory });
    expect(await existing()).toEqual([]);
    await knex.migrate.latest({ directory: migrationsDirectory });
    expect(await existing()).toEqual(TABLES);
  });
});
