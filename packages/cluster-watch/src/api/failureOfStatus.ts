import type { ApiFailure } from './ApiFailure';

/** The parts of a `meta/v1 Status` that tell why. */
export interface ApiStatus {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
}

/** Waited when a 429 names no time of its own. */
const RETRY_AFTER_MS = 5_000;

/** Reads an answer that is not 2xx, or a watch's ERROR event. */
export function failureOfStatus(
  code: number,
  { message, reason }: ApiStatus = {},
  retryAfter?: string | null,
): ApiFailure {
  const text = message || `the API server answered ${code}${reason ? ` ${reason}` : ''}`;
  const failure = { message: text };
  if (code === 401) return { type: 'unauthorised', ...failure };
  if (code === 403) return { type: 'forbidden', ...failure };
  if (code === 404) return { type: 'not-found', ...failure };
  if (code === 410 || reason === 'Expired') return { type: 'gone', ...failure };
  // 503 with Retry-After is how the API server says that it is still starting.
  if (code === 429 || (code === 503 && retryAfter)) {
    const seconds = Number(retryAfter);
    return {
      type: 'throttled',
      ...failure,
      retryAfterMs: seconds > 0 ? seconds * 1000 : RETRY_AFTER_MS,
    };
  }
  return { type: 'rejected', status: code, ...failure };
}
