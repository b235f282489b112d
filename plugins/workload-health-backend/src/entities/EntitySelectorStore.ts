import type { Clock } from '@waymark/cluster-watch';
import type { Knex } from 'knex';
import type { EntitySelectorRow } from '../database/rows';
import type { EntitySelector } from './EntitySelector';

export interface EntityOfSelector {
  readonly entityRef: string;
  readonly selector: EntitySelector;
}

export interface EntitySelectorStoreOptions {
  readonly knex: Knex;
  readonly clock: Clock;
}

const ROWS_PER_STATEMENT = 500;

/** The selectors of entities, shared by all replicas: whoever collects a cluster must know whom its changes concern. */
export class EntitySelectorStore {
  readonly #knex: Knex;
  readonly #clock: Clock;

  constructor({ knex, clock }: EntitySelectorStoreOptions) {
    this.#knex = knex;
    this.#clock = clock;
  }

  async save(entities: readonly EntityOfSelector[]): Promise<void> {
    const updated_at = new Date(this.#clock.now()).toISOString();
    for (let start = 0; start < entities.length; start += ROWS_PER_STATEMENT) {
      const rows = entities
        .slice(start, start + ROWS_PER_STATEMENT)
        .map(({ entityRef, selector }): EntitySelectorRow => ({
          entity_ref: entityRef,
          selector: JSON.stringify(selector),
          updated_at,
        }));
      await this.#knex<EntitySelectorRow>('entity_selectors')
        .insert(rows)
        .onConflict('entity_ref')
        .merge();
    }
  }

  async forget(entityRefs: readonly string[]): Promise<void> {
    for (let start = 0; start < entityRefs.length; start += ROWS_PER_STATEMENT) {
      await this.#knex<EntitySelectorRow>('entity_selectors')
        .whereIn('entity_ref', entityRefs.slice(start, start + ROWS_PER_STATEMENT))
        .delete();
    }
  }

  /** Those saved at this time or later; without a time all of them. */
  async read(since?: string): Promise<readonly EntityOfSelector[]> {
    const query = this.#knex<EntitySelectorRow>('entity_selectors').select(
      'entity_ref',
      'selector',
    );
    const rows = await (since ? query.where('updated_at', '>=', since) : query);
    return rows.map(({ entity_ref, selector }) => ({
      entityRef: entity_ref,
      selector: JSON.parse(selector),
    }));
  }
}
