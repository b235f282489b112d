import type { AuthService } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ANNOTATIONS } from '@waymark/backstage-plugin-workload-health-common';
import type { EntityOfSelector, EntitySelectorStore } from './EntitySelectorStore';
import { selectorOf } from './selectorOf';

export interface RefreshEntitySelectorsOptions {
  readonly catalog: CatalogService;
  readonly auth: AuthService;
  readonly store: EntitySelectorStore;
}

/** What `selectorOf` reads of an entity, and nothing else: the catalog may hold tens of thousands. */
export const SELECTOR_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  ...Object.values(ANNOTATIONS).map(annotation => `metadata.annotations.${annotation}`),
];

/** Goes through the catalog, saves what changed and forgets entities that are gone. */
export async function refreshEntitySelectors({
  catalog,
  auth,
  store,
}: RefreshEntitySelectorsOptions): Promise<void> {
  const known = new Map(
    (await store.read()).map(({ entityRef, selector }) => [entityRef, JSON.stringify(selector)]),
  );
  const credentials = await auth.getOwnServiceCredentials();
  const pages = catalog.streamEntities({ fields: SELECTOR_FIELDS }, { credentials });
  for await (const entities of pages) {
    const found = entities.flatMap(withSelector);
    await store.save(
      found.filter(({ entityRef, selector }) => known.get(entityRef) !== JSON.stringify(selector)),
    );
    for (const { entityRef } of found) known.delete(entityRef);
  }
  await store.forget([...known.keys()]);
}

function withSelector(entity: Entity): EntityOfSelector[] {
  const selector = selectorOf(entity);
  return selector ? [{ entityRef: stringifyEntityRef(entity), selector }] : [];
}
