import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  parseLocationRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Where the template of this name is stored that the catalog has: what the scaffolder gives a real task as its base URL. */
export async function registeredUrl(
  { namespace, name }: { readonly namespace?: string; readonly name: string },
  catalog: CatalogService,
  credentials: BackstageCredentials,
): Promise<string | undefined> {
  const ref = stringifyEntityRef({ kind: 'Template', namespace, name });
  const location = locationOf(await catalog.getEntityByRef(ref, { credentials }));
  if (!location) return undefined;
  const { type, target } = parseLocationRef(location);
  return type === 'file' ? `file://${target}` : target;
}

const locationOf = (entity?: Entity) =>
  entity?.metadata.annotations?.[ANNOTATION_SOURCE_LOCATION] ??
  entity?.metadata.annotations?.[ANNOTATION_LOCATION];
