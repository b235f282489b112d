import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type CompoundEntityRef,
  type Entity,
  KubernetesValidatorFunctions as valid,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Clock } from '@waymark/cluster-watch';
import { SELECTOR_FIELDS } from '../entities/refreshEntitySelectors';

/**
 * What a caller saw of the catalog is taken as still so for this long: many cards of one page and its live updates ask
 * about the same entity within seconds. A permission that is taken away works on after it for no longer.
 */
const KEPT_MS = 5_000;
const MOST_KEPT = 5_000;

/** Entities read with the caller's own eyes: one that the catalog does not show them does not exist for them. */
export class VisibleEntities {
  readonly #catalog: CatalogService;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly until: number; readonly entity: Entity }>();

  constructor(options: { catalog: CatalogService; clock: Clock }) {
    this.#catalog = options.catalog;
    this.#clock = options.clock;
  }

  async one(ref: CompoundEntityRef, credentials: BackstageCredentials): Promise<Entity> {
    const entityRef = stringifyEntityRef(ref);
    const [entity] = await this.#read(isPossible(ref) ? [entityRef] : [], credentials);
    if (!entity) throw new NotFoundError(`no entity ${entityRef} that you may see`);
    return entity;
  }

  /** Those of the refs that exist and may be seen, in no order. */
  async many(refs: readonly string[], credentials: BackstageCredentials): Promise<Entity[]> {
    const possible = refs.map(parsed).filter(isPossible);
    return this.#read([...new Set(possible.map(stringifyEntityRef))], credentials);
  }

  async #read(wanted: readonly string[], credentials: BackstageCredentials): Promise<Entity[]> {
    const caller = callerOf(credentials);
    const known = wanted.flatMap(ref => this.#keptFor(caller, ref) ?? []);
    const knownRefs = new Set(known.map(entity => stringifyEntityRef(entity)));
    const entityRefs = wanted.filter(ref => !knownRefs.has(ref));
    if (!entityRefs.length) return known;
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: SELECTOR_FIELDS },
      { credentials },
    );
    const read = items.filter(entity => entity !== undefined);
    if (caller) for (const entity of read) this.#keep(caller, entity);
    return [...known, ...read];
  }

  #keptFor(caller: string | undefined, ref: string): Entity | undefined {
    const kept = this.#kept.get(`${caller} ${ref}`);
    return kept && kept.until > this.#clock.now() ? kept.entity : undefined;
  }

  #keep(caller: string, entity: Entity) {
    const id = `${caller} ${stringifyEntityRef(entity)}`;
    this.#kept.delete(id);
    this.#kept.set(id, { until: this.#clock.now() + KEPT_MS, entity });
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
  }
}

/** Undefined for callers that cannot be told apart: nothing is kept for them. */
function callerOf({ principal }: BackstageCredentials): string | undefined {
  const { type, userEntityRef, subject } = principal as Partial<Record<string, string>>;
  const name = userEntityRef ?? subject;
  return name && `${type} ${name}`;
}

function parsed(ref: string): CompoundEntityRef {
  try {
    return parseEntityRef(ref);
  } catch (error) {
    throw new InputError(`not an entity ref: ${JSON.stringify(ref).slice(0, 200)}`, error);
  }
}

/** What the catalog would never have accepted need not be asked for. */
const isPossible = ({ kind, namespace, name }: CompoundEntityRef) =>
  valid.isValidKind(kind) && valid.isValidNamespace(namespace) && valid.isValidObjectName(name);
