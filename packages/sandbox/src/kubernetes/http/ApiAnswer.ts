import type { ServerResponse } from 'node:http';
import type { Status } from '../status/ApiError';

/** How a handler answers; the rim writes it. */
export type ApiAnswer =
  | {
      readonly type: 'json';
      readonly code: number;
      readonly body: unknown;
      readonly mediaType?: string;
    }
  | { readonly type: 'text'; readonly code: number; readonly text: string }
  /** The handler keeps the response and writes to it for as long as it lasts. */
  | { readonly type: 'stream'; readonly start: (response: ServerResponse) => void };

export const ok = (body: unknown, mediaType?: string): ApiAnswer => ({
  type: 'json',
  code: 200,
  body,
  mediaType,
});

export const created = (body: unknown): ApiAnswer => ({ type: 'json', code: 201, body });

export const refused = (status: Status): ApiAnswer => ({
  type: 'json',
  code: status.code,
  body: status,
});

export const pageNotFound: ApiAnswer = { type: 'text', code: 404, text: '404 page not found\n' };
