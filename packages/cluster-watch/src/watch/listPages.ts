import type { KubeObject } from '@waymark/kube-graph';
import { ApiError, type ClusterApi } from '../api';
import { apiVersionOf, requestPath, type WatchedResource } from './WatchedResource';

/** The time for one page. The API server itself gives up after 60 s. */
const PAGE_TIMEOUT_MS = 30_000;
const PAGE_SIZE = 500;

export interface ListPage {
  readonly objects: readonly KubeObject[];
  /** From where to watch; the same on every page of one list. */
  readonly resourceVersion: string;
}

/** Lists a resource page by page, as of one moment. An outdated continue token fails as `gone`. */
export async function* listPages(
  api: ClusterApi,
  resource: WatchedResource,
  signal: AbortSignal,
): AsyncGenerator<ListPage> {
  let token: string | undefined;
  do {
    const path = requestPath(resource, {
      limit: String(resource.pageSize ?? PAGE_SIZE),
      continue: token,
    });
    const answer = await api.get(path, { signal, timeoutMs: PAGE_TIMEOUT_MS });
    const { metadata, items } = asList(answer);
    yield {
      // Items of a list carry neither; both are the list's.
      objects: items
        .filter(isNamed)
        .map(item => ({ ...item, apiVersion: apiVersionOf(resource), kind: resource.kind })),
      resourceVersion: metadata.resourceVersion,
    };
    token = metadata.continue;
  } while (token);
}

interface ApiList {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly unknown[];
}

function asList(answer: unknown): ApiList {
  const { metadata, items } = (answer ?? {}) as Partial<ApiList>;
  if (typeof metadata?.resourceVersion !== 'string' || (items && !Array.isArray(items)))
    throw new ApiError({ type: 'malformed', message: 'the answer is JSON, but not a list' });
  return { metadata, items: items ?? [] };
}

export const isNamed = (item: unknown): item is KubeObject =>
  typeof (item as Partial<KubeObject> | null)?.metadata?.name === 'string';
