import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServedObjects } from './ServedObjects';

/** What one client asked for. Watches stay open and count once. */
export interface RequestCounts {
  /** `GET /version`, by which our collector tells that a quiet cluster is still there. */
  readonly heartbeats: number;
  readonly lists: number;
  readonly watches: number;
  /** Of the bodies that were sent. */
  readonly bytes: number;
}

/** Before the name of the client. A token that is an everyday word would be masked all over the logs. */
export const TOKEN_PREFIX = 'token-of-';

const NOTHING: RequestCounts = { heartbeats: 0, lists: 0, watches: 0, bytes: 0 };

/** As often as an API server sends them at least. */
const BOOKMARK_MS = 30_000;
const BOOKMARK = '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"1"}}}\n';
/** Group, namespace and plural of a list. */
const PATH = /^\/api(?:s\/([^/]+))?\/v[^/]+(?:\/namespaces\/([^/]+))?\/([^/]+)$/;
/** The one selector that anybody asks with here; another is an error of this bench. */
const SELECTOR = /^backstage\.io\/kubernetes-id=([\w-]+)$/;

/** The part of a Kubernetes API that either side asks for, counted by bearer token. */
export class CountingApi {
  readonly #counts = new Map<string, RequestCounts>();

  countsOf(client: string): RequestCounts {
    return this.#counts.get(client) ?? NOTHING;
  }

  handle(request: IncomingMessage, response: ServerResponse, objects: ServedObjects) {
    const [, client] = request.headers.authorization?.split(`Bearer ${TOKEN_PREFIX}`) ?? [];
    const { pathname, searchParams } = new URL(request.url!, 'http://cluster');
    if (!client) return send(response, 401, refusal(401, 'Unauthorized'));
    if (pathname === '/version') {
      this.#count(client, 'heartbeats');
      return send(response, 200, '{"major":"1","minor":"36","gitVersion":"v1.36.0"}');
    }
    if (searchParams.has('watch')) {
      this.#count(client, 'watches');
      return follow(response);
    }
    const body = listOf(objects, pathname, searchParams);
    this.#count(client, 'lists', body?.length);
    return send(response, body ? 200 : 404, body ?? refusal(404, `no ${request.url}`));
  }

  #count(client: string, what: keyof RequestCounts, bytes = 0) {
    const counts = this.countsOf(client);
    this.#counts.set(client, {
      ...counts,
      [what]: counts[what] + 1,
      bytes: counts.bytes + bytes,
    });
  }
}

function listOf(objects: ServedObjects, path: string, query: URLSearchParams): string | undefined {
  const [, group = '', namespace, plural] = PATH.exec(path) ?? [];
  const selector = query.get('labelSelector');
  const id = selector === null ? undefined : SELECTOR.exec(selector)?.[1];
  if (!plural || (selector && !id)) return undefined;
  const items = objects.select(`${group}/${plural}`, id, namespace);
  const start = Number(query.get('continue') ?? 0);
  const end = start + Number(query.get('limit') ?? items.length);
  const next = end < items.length ? `,"continue":"${end}"` : '';
  return `{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"${next}},"items":[${items.slice(start, end).join(',')}]}`;
}

/** Nothing changes in these clusters: a watch only shows that it is alive. */
function follow(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(BOOKMARK);
  const bookmarks = setInterval(() => response.write(BOOKMARK), BOOKMARK_MS);
  response.on('close', () => clearInterval(bookmarks));
}

function send(response: ServerResponse, status: number, body: string) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
}

const refusal = (code: number, message: string) =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message });
