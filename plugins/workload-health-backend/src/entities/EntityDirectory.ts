import type { Clock } from '@waymark/cluster-watch';
import { labelKey, labelKeysOf } from '@waymark/kube-graph';
import type { EntitySelector, Owned } from './EntitySelector';
import type { EntityOfSelector, EntitySelectorStore } from './EntitySelectorStore';
import { owns } from './owns';
import { applicationKey, EVERYTHING, Postings } from './Postings';

/** What other replicas saved is seen after this time at the latest. */
const FRESH_MS = 2_000;
/** The replicas' clocks may differ by so much; what is read twice does no harm. */
const OVERLAP_MS = 10_000;
/** Everything is read again after this time, for entities that are gone. */
const FULL_MS = 5 * 60_000;

/** Whose workloads are these? The selectors of all entities, asked the other way round. */
export class EntityDirectory {
  readonly #store: EntitySelectorStore;
  readonly #clock: Clock;
  #postings = new Postings<EntityOfSelector>();
  #texts = new Map<string, string>();
  #readAt = -Infinity;
  #fullAt = -Infinity;

  constructor(options: { store: EntitySelectorStore; clock: Clock }) {
    this.#store = options.store;
    this.#clock = options.clock;
  }

  /** Takes note of an entity that was just looked at, before the next round through the catalog. */
  async remember(entityRef: string, selector: EntitySelector): Promise<void> {
    if (this.#texts.get(entityRef) === JSON.stringify(selector)) return;
    this.#set({ entityRef, selector });
    await this.#store.save([{ entityRef, selector }]);
  }

  async entitiesOf(workloads: readonly Owned[]): Promise<string[]> {
    await this.#refresh();
    const refs = new Set<string>();
    for (const workload of workloads) {
      const keys = Object.entries(workload.labels).map(([key, value]) => labelKey(key, value));
      if (workload.application) keys.push(applicationKey(workload.application));
      for (const { entityRef, selector } of this.#postings.under([EVERYTHING, ...keys])) {
        if (!refs.has(entityRef) && owns(selector, workload)) refs.add(entityRef);
      }
    }
    return [...refs];
  }

  async #refresh() {
    const now = this.#clock.now();
    if (now - this.#fullAt >= FULL_MS) {
      const all = await this.#store.read();
      this.#postings = new Postings();
      this.#texts = new Map();
      for (const entity of all) this.#set(entity);
      this.#fullAt = now;
      this.#readAt = now;
    } else if (now - this.#readAt >= FRESH_MS) {
      const since = new Date(this.#readAt - OVERLAP_MS).toISOString();
      for (const entity of await this.#store.read(since)) this.#set(entity);
      this.#readAt = now;
    }
  }

  #set(entity: EntityOfSelector) {
    const { applications, labels } = entity.selector;
    const keys = applications?.map(applicationKey) ?? (labels && labelKeysOf(labels));
    this.#postings.set(entity.entityRef, entity, keys ?? [EVERYTHING]);
    this.#texts.set(entity.entityRef, JSON.stringify(entity.selector));
  }
}
