import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  type CompoundEntityRef,
  type Entity,
  KubernetesValidatorFunctions as valid,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Clock } from '@waymark/cluster-watch';
import { SELECTOR_FIELDS } from '../entities/refreshEntitySelectors';

/**
 * What a caller saw of the catalog is taken as still so for this long: many cards of one page and its live updates ask
 * about the same entity within seconds. A permission that is taken away works on after it for no longer.
 */
const KEPT_MS = 5_000;
const MOST_KEPT = 5_000;
const MOST_CALLERS = 1_000;

interface Question {
  readonly refs: Set<string>;
  readonly answer: Promise<ReadonlyMap<string, Entity>>;
}

export interface VisibleEntitiesOptions {
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly permissions: PermissionsService;
  readonly clock: Clock;
}

/**
 * Entities as the caller may see them: one that the catalog does not show them does not exist for them. Who may read all
 * entities without a condition, as most people may, shares what was read for another; everybody else asks with their own
 * eyes.
 */
export class VisibleEntities {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #clock: Clock;
  readonly #seesAll = new Map<
    string,
    { readonly until: number; readonly answer: Promise<boolean> }
  >();
  readonly #kept = new Map<string, { readonly until: number; readonly entity: Entity }>();
  readonly #questions = new Map<string, Question>();

  constructor(options: VisibleEntitiesOptions) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
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

  async #read(refs: readonly string[], asking: BackstageCredentials): Promise<Entity[]> {
    const credentials = (await this.#mayReadAll(asking))
      ? await this.#auth.getOwnServiceCredentials()
      : asking;
    const caller = callerOf(credentials);
    const known = refs.map(ref => this.#keptFor(caller, ref));
    const missing = refs.filter((_, index) => !known[index]);
    if (!missing.length) return known.filter(entity => entity !== undefined);
    const answer = await (caller
      ? this.#ask(caller, missing, credentials)
      : this.#askCatalog(missing, credentials));
    return refs.flatMap((ref, index) => known[index] ?? answer.get(ref) ?? []);
  }

  /** Anything but an allowance without condition leaves the decision about each entity to the catalog. */
  #mayReadAll(credentials: BackstageCredentials): Promise<boolean> | boolean {
    const caller = callerOf(credentials);
    if (!caller) return false;
    const known = this.#seesAll.get(caller);
    const now = this.#clock.now();
    if (known && known.until > now) return known.answer;
    const answer = this.#permissions
      .authorizeConditional([{ permission: catalogEntityReadPermission }], { credentials })
      .then(
        ([decision]) => decision.result === AuthorizeResult.ALLOW,
        () => false,
      );
    this.#seesAll.delete(caller);
    this.#seesAll.set(caller, { until: now + KEPT_MS, answer });
    if (this.#seesAll.size > MOST_CALLERS) this.#seesAll.delete(this.#seesAll.keys().next().value!);
    return answer;
  }

  /** The requests of one turn of the event loop share one question: a wall of cards costs the catalog one call. */
  #ask(caller: string, refs: readonly string[], credentials: BackstageCredentials) {
    let question = this.#questions.get(caller);
    if (!question) {
      const asked = new Set<string>();
      const answer = new Promise(setImmediate).then(() => {
        this.#questions.delete(caller);
        return this.#askCatalog([...asked], credentials);
      });
      question = { refs: asked, answer };
      this.#questions.set(caller, question);
    }
    for (const ref of refs) question.refs.add(ref);
    return question.answer;
  }

  async #askCatalog(entityRefs: readonly string[], credentials: BackstageCredentials) {
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: [...entityRefs], fields: SELECTOR_FIELDS },
      { credentials },
    );
    const found = new Map<string, Entity>();
    for (const entity of items) if (entity) found.set(stringifyEntityRef(entity), entity);
    const caller = callerOf(credentials);
    if (caller) for (const [ref, entity] of found) this.#keep(`${caller} ${ref}`, entity);
    return found;
  }

  #keptFor(caller: string | undefined, ref: string): Entity | undefined {
    const kept = this.#kept.get(`${caller} ${ref}`);
    return kept && kept.until > this.#clock.now() ? kept.entity : undefined;
  }

  #keep(id: string, entity: Entity) {
    this.#kept.delete(id);
    this.#kept.set(id, { until: this.#clock.now() + KEPT_MS, entity });
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
  }
}

/** Everything that a decision about the caller may rest on. Undefined for callers that cannot be told apart: nothing is kept for them. */
function callerOf({ principal }: BackstageCredentials): string | undefined {
  const { userEntityRef, subject } = principal as Partial<Record<string, string>>;
  return (userEntityRef ?? subject) && JSON.stringify(principal);
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
