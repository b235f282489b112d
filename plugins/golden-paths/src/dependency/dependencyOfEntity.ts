import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { type Dependency, kindByWord, withUsual } from './Dependency';

/** Read by the form; the README of the plugin tells whom to set them. */
export const ANNOTATION_HOST = 'waymark.dev/host';
export const ANNOTATION_PORT = 'waymark.dev/port';
const ANNOTATION_NAMESPACE = 'backstage.io/kubernetes-namespace';

/** What the catalog knows of a dependency: kind, namespace or host, port. What it does not know is left out or usual. */
export function dependencyOfEntity(entity: Entity): Dependency {
  const { name, annotations = {} } = entity.metadata;
  const type = kindOf(entity);
  const host = annotations[ANNOTATION_HOST];
  const namespace = annotations[ANNOTATION_NAMESPACE];
  const port = Number(annotations[ANNOTATION_PORT]);
  return withUsual({
    name,
    entityRef: stringifyEntityRef(entity),
    ...(type && { type }),
    ...(host ? { host } : namespace && { namespace }),
    ...(Number.isInteger(port) && port > 0 && port < 65536 && { port }),
  });
}

/** Resources have no field for what they run: their type says it ("postgresql"), else a tag, else the name. */
function kindOf({ kind, metadata, spec }: Entity): Dependency['type'] {
  if (kind.toLowerCase() === 'component') return 'service';
  const texts = [String(spec?.type ?? ''), ...(metadata.tags ?? []), metadata.name];
  for (const text of texts) {
    const found = kindByWord(text.toLowerCase().split(/[^a-z0-9]+/));
    if (found) return found;
  }
  return undefined;
}
