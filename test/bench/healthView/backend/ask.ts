import { request } from 'node:http';
import type { ViewRequest } from '../sides/Side';

export interface Answer {
  readonly status: number;
  /** As it was sent: still compressed where the request allowed that. */
  readonly body: Buffer;
}

/** One request. `fetch` would take compression off before anybody could count the bytes. */
export function ask(
  baseUrl: string,
  { method, path, body }: ViewRequest,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request(baseUrl + path, { method, headers }, response => {
      const parts: Buffer[] = [];
      response.on('data', part => parts.push(part));
      response.on('end', () => done({ status: response.statusCode!, body: Buffer.concat(parts) }));
      response.on('error', fail);
    });
    sent.on('error', fail);
    sent.end(body);
  });
}
