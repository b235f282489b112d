import { Response, type RequestInit } from 'undici';

export interface SeenRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization?: string;
  readonly signal: AbortSignal;
}

export type Answer = (request: SeenRequest) => Response | Promise<Response>;

/**
 * An API server behind `fetch` whose answers a test writes, by resource and verb, each used once and the last one for
 * ever. No socket is involved, so that nothing happens but when the test's clock moves.
 */
export class ScriptedApi {
  readonly requests: SeenRequest[] = [];
  readonly #scripts = new Map<string, Answer[]>();

  constructor() {
    this.on('version', json({ gitVersion: 'v1.36.0' }));
  }

  /** `list pods`, `watch pods`, `version`. */
  on(verbAndResource: string, ...answers: Answer[]) {
    this.#scripts.set(verbAndResource, answers);
  }

  count(verbAndResource: string) {
    return this.requests.filter(seen => keyOf(seen) === verbAndResource).length;
  }

  last(verbAndResource: string) {
    return this.requests.findLast(seen => keyOf(seen) === verbAndResource);
  }

  readonly fetch = async (url: string, { headers, signal }: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(url);
    const seen: SeenRequest = {
      path: pathname,
      query: searchParams,
      authorization: (headers as Record<string, string>).authorization,
      signal: signal!,
    };
    this.requests.push(seen);
    const answers = this.#scripts.get(keyOf(seen)) ?? [refuse(404, 'not scripted')];
    return (answers.length > 1 ? answers.shift()! : answers[0])(seen);
  };
}

function keyOf({ path, query }: SeenRequest) {
  const resource = path.split('/').at(-1)!;
  if (resource === 'version') return resource;
  return `${query.has('watch') ? 'watch' : 'list'} ${resource}`;
}

export const text =
  (body: string, type: string, status = 200, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(body, { status, headers: { 'content-type': type, ...headers } });

export const json = (body: unknown, status = 200, headers?: Record<string, string>) =>
  text(JSON.stringify(body), 'application/json', status, headers);

export const refuse = (code: number, message: string, headers?: Record<string, string>) =>
  json({ kind: 'Status', code, message }, code, headers);

export const list = (items: readonly object[], resourceVersion = '10', next?: string) =>
  json({ kind: 'List', metadata: { resourceVersion, continue: next }, items });

/** Accepts and never answers. */
export const hang: Answer = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

/** What `fetch` throws when there is no connection, or none any more. */
export const disconnect = (reason: string): Answer => {
  return () => {
    throw new TypeError('fetch failed', { cause: new Error(reason) });
  };
};

/** A watch that stays open until it is ended. */
export class OpenWatch {
  #controller?: ReadableStreamDefaultController<Uint8Array>;

  readonly answer: Answer = ({ signal }) => {
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        this.#controller = controller;
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  };

  get opened() {
    return this.#controller !== undefined;
  }

  push(type: string, object: object) {
    this.write(`${JSON.stringify({ type, object })}\n`);
  }

  write(characters: string) {
    this.#controller!.enqueue(new TextEncoder().encode(characters));
  }

  end() {
    this.#controller!.close();
  }

  reset() {
    this.#controller!.error(new TypeError('terminated', { cause: new Error('other side closed') }));
  }
}
