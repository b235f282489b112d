import { isError } from '@backstage/errors';
import type { Clock } from '../clock';
import { ApiError } from './ApiFailure';

/** Ends a request after its time, or when its caller gives up, and tells afterwards which of the failures it was. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #cancelTimer: () => void;
  readonly #caller: AbortSignal;
  readonly #timeoutMs: number;
  #passed = false;

  constructor(clock: Clock, timeoutMs: number, caller: AbortSignal) {
    this.#timeoutMs = timeoutMs;
    this.#caller = caller;
    this.#cancelTimer = clock.schedule(timeoutMs, () => {
      this.#passed = true;
      this.#controller.abort();
    });
    if (caller.aborted) this.#controller.abort();
    else caller.addEventListener('abort', this.#abort);
  }

  get signal() {
    return this.#controller.signal;
  }

  /** The answer has begun: no longer bound to the time, still bound to the caller. */
  met() {
    this.#cancelTimer();
  }

  /** The answer has ended. A caller's signal lives as long as its watch: a listener left behind would leak. */
  release() {
    this.#cancelTimer();
    this.#caller.removeEventListener('abort', this.#abort);
  }

  readonly #abort = () => this.#controller.abort();

  explain(error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    if (this.#passed) {
      const message = `no complete answer within ${this.#timeoutMs / 1000} s`;
      return new ApiError({ type: 'timeout', message }, { cause: error });
    }
    if (error instanceof SyntaxError || error instanceof RangeError) {
      const message = `the answer is not what an API server sends: ${error.message}`;
      return new ApiError({ type: 'malformed', message }, { cause: error });
    }
    return new ApiError({ type: 'unreachable', message: rootMessage(error) }, { cause: error });
  }
}

/** fetch says "fetch failed" and hides the reason in its cause; a failure of several addresses has a code only. */
function rootMessage(error: unknown): string {
  let root = error as Error & { code?: string };
  while (isError(root.cause)) root = root.cause;
  return root.message || root.code || root.name;
}
