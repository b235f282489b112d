/**
 * Times are RFC 3339 strings in UTC: they sort, and mean the same in every database.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('leases', table => {
    table.comment('Which replica collects a cluster. Renewed every few seconds');
    table.string('cluster').primary();
    table.string('owner').notNullable();
    table.bigInteger('expires').notNullable().comment('Epoch milliseconds');
  });

  await knex.schema.createTable('cluster_states', table => {
    table.comment('What is known of each cluster, written by its collector every few seconds');
    table.string('cluster').primary();
    table.string('state').notNullable();
    table.text('message');
    table.string('last_contact').comment('When the API server last proved to be there');
    table.string('fit_at').comment('When its verdicts last said how it is, and not how it was');
    table.text('forbidden').notNullable().comment('JSON: kinds that may not be read');
    table.string('written_at').notNullable().comment('When the collector last proved to be there');
    table.bigInteger('revision').notNullable().comment('Counts the writes to verdicts');
  });

  await knex.schema.createTable('verdicts', table => {
    table.comment('The last verdict of each workload, and the objects without one');
    table.string('cluster').notNullable();
    table.string('subject', 700).notNullable().comment('group/Kind/namespace/name');
    table.string('namespace');
    table.text('labels').notNullable().comment('JSON: what entities find it by');
    table.text('application').comment('Argo CD application that tracks it');
    table.string('status').comment('Null: belongs to no workload, only its readiness is kept');
    table.string('since').notNullable();
    table.string('cause_code');
    table.text('cause_args').comment('JSON');
    table.text('verdict').comment('JSON');
    table.text('facts').comment('JSON');
    table.text('release').comment('JSON: revision and images');
    table.text('release_change').comment('JSON: the last change of the release');
    table.string('digest').notNullable();
    table.string('observed_at').notNullable();
    table.bigInteger('revision').notNullable().comment('The write that made it what it is');
    table.string('gone_at').comment('Kept for a while so that every replica notices');
    table.primary(['cluster', 'subject']);
    table.index(['cluster', 'revision'], 'verdicts_revision_idx');
  });

  await knex.schema.createTable('readiness', table => {
    table.comment('What the rules say of each subject of verdicts');
    table.string('cluster').notNullable();
    table.string('subject', 700).notNullable();
    table.text('results').notNullable().comment('JSON');
    table.primary(['cluster', 'subject']);
  });

  await knex.schema.createTable('transitions', table => {
    table.comment('Every change of status of the last days, only ever added to');
    table.increments('id');
    table.string('cluster').notNullable();
    table.string('subject', 700).notNullable();
    table.string('namespace');
    table.string('at').notNullable();
    table.string('from_status').comment('Null: not known before');
    table.string('to_status').notNullable();
    table.string('cause_code');
    table.text('cause_args').comment('JSON');
    table.text('release').notNullable().comment('JSON: revision and images at that moment');
    table.index(['cluster', 'subject', 'at'], 'transitions_subject_idx');
    table.index(['at'], 'transitions_at_idx');
  });

  await knex.schema.createTable('entity_selectors', table => {
    table.comment('How the workloads of each entity are found, to tell whom a change concerns');
    table.string('entity_ref', 500).primary();
    table.text('selector').notNullable().comment('JSON');
    table.string('updated_at').notNullable();
    table.index(['updated_at'], 'entity_selectors_updated_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'entity_selectors',
    'transitions',
    'readiness',
    'verdicts',
    'cluster_states',
    'leases',
  ]) {
    await knex.schema.dropTable(table);
  }
};
