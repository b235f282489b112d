/** Why a request to an API server failed, in the server's own words where it had any. */
export type ApiFailure =
  | { readonly type: 'unauthorised'; readonly message: string }
  | { readonly type: 'forbidden'; readonly message: string }
  | { readonly type: 'not-found'; readonly message: string }
  /** The resource version or continue token is too old: list again. */
  | { readonly type: 'gone'; readonly message: string }
  | { readonly type: 'throttled'; readonly message: string; readonly retryAfterMs: number }
  | { readonly type: 'rejected'; readonly status: number; readonly message: string }
  /** Something answered that is not an API server, or it broke off in the middle of an object. */
  | { readonly type: 'malformed'; readonly message: string }
  | { readonly type: 'timeout'; readonly message: string }
  | { readonly type: 'unreachable'; readonly message: string }
  /** No credentials could be had, so nothing was asked. */
  | { readonly type: 'credentials'; readonly message: string };

export class ApiError extends Error {
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'ApiError';
    this.failure = failure;
  }
}

/** Whether the API server itself answered, whatever it said. A 5xx may come from a load balancer in front of nothing. */
export function isAnswer(failure: ApiFailure): boolean {
  if (failure.type === 'rejected') return failure.status < 500;
  return !['malformed', 'timeout', 'unreachable', 'credentials'].includes(failure.type);
}
