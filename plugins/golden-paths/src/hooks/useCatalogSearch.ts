import { useEffect, useState } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';

/** Any of these sets of fields, as `catalogFilter` of the stock pickers has it. */
export type CatalogFilter = readonly Readonly<Record<string, string | string[]>>[];

export type CatalogSearch =
  | { readonly status: 'searching'; readonly found: readonly Entity[]; readonly more: 0 }
  /** `more`: how many fit besides those found. */
  | { readonly status: 'found'; readonly found: readonly Entity[]; readonly more: number }
  | {
      readonly status: 'failed';
      readonly found: readonly [];
      readonly more: 0;
      readonly reason: string;
    };

const TYPING_PAUSE_MS = 200;
/** As many as one looks through; the catalog itself may have thousands. */
const SHOWN = 50;
const FIELDS = ['kind', 'metadata', 'spec.type'];

/** Entities whose name or title contains a text, searched by the catalog. What was found stays until the next answer. */
export function useCatalogSearch(text: string, filter: CatalogFilter): CatalogSearch {
  const catalog = useApi(catalogApiRef);
  const [search, setSearch] = useState<CatalogSearch>({ status: 'searching', found: [], more: 0 });
  // The form makes a new object of the same filter with every keystroke.
  const filterText = JSON.stringify(filter);
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<CatalogSearch> => {
      const { items, totalItems } = await catalog.queryEntities({
        filter: JSON.parse(filterText),
        fullTextFilter: { term: text, fields: ['metadata.name', 'metadata.title'] },
        orderFields: { field: 'metadata.name', order: 'asc' },
        fields: FIELDS,
        limit: SHOWN,
      });
      return { status: 'found', found: items, more: Math.max(0, totalItems - items.length) };
    };
    const timer = setTimeout(async () => {
      const answer = await ask().catch(({ message: reason }: Error): CatalogSearch => ({
        status: 'failed',
        found: [],
        more: 0,
        reason,
      }));
      if (wanted) setSearch(answer);
    }, TYPING_PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [catalog, filterText, text]);
  return search;
}
