import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization?: string;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void;

/** A loopback API server whose answers a test writes, by resource and verb, each used once and the last one for ever. */
export class ScriptedApiServer {
  readonly requests: SeenRequest[] = [];
  readonly #server: Server;
  readonly #scripts = new Map<string, Answer[]>();
  readonly #open = new Set<ServerResponse>();

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<ScriptedApiServer> {
    const server = new ScriptedApiServer();
    server.on('version', json({ gitVersion: 'v1.36.0' }));
    await new Promise<void>(resolve => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  get url() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
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

  /** Requests that still wait for an answer or its end. */
  get open() {
    return this.#open.size;
  }

  async stop() {
    for (const response of this.#open) response.destroy();
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url!, this.url);
    const seen = {
      path: pathname,
      query: searchParams,
      authorization: request.headers.authorization,
    };
    this.requests.push(seen);
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
    const answers = this.#scripts.get(keyOf(seen)) ?? [refuse(404, 'not scripted')];
    const answer = answers.length > 1 ? answers.shift()! : answers[0];
    answer(response, seen);
  }
}

function keyOf({ path, query }: SeenRequest) {
  const resource = path.split('/').at(-1)!;
  if (resource === 'version') return resource;
  return `${query.has('watch') ? 'watch' : 'list'} ${resource}`;
}

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  response => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

export const refuse = (code: number, message: string, headers?: Record<string, string>) =>
  json({ kind: 'Status', code, message }, code, headers);

export const list = (items: readonly object[], resourceVersion = '10', next?: string) =>
  json({ kind: 'List', metadata: { resourceVersion, continue: next }, items });

/** Accepts and never answers. */
export const hang: Answer = () => undefined;

export const reset: Answer = response => {
  response.destroy();
};

/** A watch that stays open after these events. `push` sends more. */
export class OpenWatch {
  #response?: ServerResponse;

  readonly answer: Answer = response => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    this.#response = response;
  };

  get opened() {
    return this.#response !== undefined;
  }

  push(type: string, object: object) {
    this.#response!.write(`${JSON.stringify({ type, object })}\n`);
  }

  write(text: string) {
    this.#response!.write(text);
  }

  end() {
    this.#response!.end();
  }

  reset() {
    this.#response!.destroy();
  }
}
