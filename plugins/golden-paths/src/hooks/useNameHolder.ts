import { useEffect, useState } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { type CatalogApi, catalogApiRef } from '@backstage/plugin-catalog-react';

export type NameHolder =
  | { readonly status: 'asking' }
  | { readonly status: 'free' }
  | { readonly status: 'taken'; readonly holder: Entity }
  | { readonly status: 'unknown'; readonly reason: string };

/** No question per keystroke; short enough that the answer stands there when the eye reaches it. */
const TYPING_PAUSE_MS = 300;

/** Which component of the catalog has a name already. Undefined: there is no name to ask for. */
export function useNameHolder(name: string | undefined): NameHolder | undefined {
  const catalog = useApi(catalogApiRef);
  const [answer, setAnswer] = useState<{ name: string; holder: NameHolder }>();
  useEffect(() => {
    if (!name) return undefined;
    let wanted = true;
    const timer = setTimeout(async () => {
      const holder = await findNameHolder(catalog, name);
      if (wanted) setAnswer({ name, holder });
    }, TYPING_PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [catalog, name]);
  if (!name) return undefined;
  return answer?.name === name ? answer.holder : { status: 'asking' };
}

/** Asks once. The templates create `component:default/<name>`; a component that the person may not see looks free. */
export async function findNameHolder(
  catalog: Pick<CatalogApi, 'getEntityByRef'>,
  name: string,
): Promise<Exclude<NameHolder, { status: 'asking' }>> {
  try {
    const holder = await catalog.getEntityByRef({ kind: 'component', namespace: 'default', name });
    return holder ? { status: 'taken', holder } : { status: 'free' };
  } catch (error) {
    return { status: 'unknown', reason: (error as Error).message };
  }
}
