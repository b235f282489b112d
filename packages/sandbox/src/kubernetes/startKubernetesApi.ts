import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiAnswer, refused } from './http/ApiAnswer';
import { type ApiHandlerOptions, createApiHandler } from './http/createApiHandler';
import { ApiError } from './status/ApiError';

export interface KubernetesApiOptions extends ApiHandlerOptions {
  /** 0 takes a free one. */
  readonly port: number;
}

export interface RunningApi {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the cluster over plain HTTP on loopback, and nowhere else. */
export async function startKubernetesApi({
  port,
  ...options
}: KubernetesApiOptions): Promise<RunningApi> {
  const handle = createApiHandler(options);
  const server = createServer((request, response) => {
    handle(request)
      .catch(toAnswer)
      .then(answer => write(answer, request, response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        // Watches would keep the server open for up to half an hour.
        server.closeAllConnections();
      }),
  };
}

const toAnswer = (error: unknown): ApiAnswer =>
  refused((error instanceof ApiError ? error : internal(error)).status);

const internal = (error: unknown): ApiError =>
  new ApiError(500, 'InternalError', `Internal error occurred: ${error}`, { cause: error });

function write(
  answer: ApiAnswer,
  { url = '', headers, method }: IncomingMessage,
  response: ServerResponse,
): void {
  if (answer.type === 'stream') {
    answer.start(response);
    return;
  }
  if (answer.type === 'text') {
    response.writeHead(answer.code, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(method === 'HEAD' ? undefined : answer.text);
    return;
  }
  // People at a terminal get it indented, as from a real API server.
  const readable =
    url.includes('pretty=true') || /^(curl|Wget)\//.test(headers['user-agent'] ?? '');
  response.writeHead(answer.code, {
    'Content-Type': answer.mediaType ?? 'application/json',
    'Cache-Control': 'no-cache, private',
  });
  response.end(`${JSON.stringify(answer.body, null, readable ? 2 : undefined)}\n`);
}
