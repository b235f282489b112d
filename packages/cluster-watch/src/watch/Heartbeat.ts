import { ApiError, isAnswer, type ApiFailure, type ClusterApi } from '../api';
import { sleep, type Clock } from '../clock';

const PERIOD_MS = 10_000;
/** While the server is away, so that everything comes back soon after it does. One request, not one per kind. */
const AWAY_PERIOD_MS = 2_000;
const TIMEOUT_MS = 5_000;

export interface HeartbeatOptions {
  readonly api: ClusterApi;
  readonly clock: Clock;
  readonly onContact: () => void;
  readonly onLost: (failure: ApiFailure) => void;
  readonly onBack: () => void;
}

/**
 * Asks the API server for its version now and then. A quiet cluster sends a bookmark a minute, too seldom to notice
 * within seconds that nobody is there; and one prober finds out sooner than twenty backed-off watches that it is back.
 * `/version` is open to every authenticated user (ClusterRole system:public-info-viewer) and does not touch etcd.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #stop = new AbortController();
  #lost = false;
  #sleeping?: AbortController;
  #done: Promise<void> = Promise.resolve();

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start() {
    this.#done = this.#run();
  }

  async stop() {
    this.#stop.abort();
    this.#sleeping?.abort();
    await this.#done;
  }

  /** Asks now instead of at the end of the period: a request just went unanswered. */
  hurry() {
    if (!this.#lost) this.#sleeping?.abort();
  }

  async #run() {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const failure = await this.#ask(signal);
      if (signal.aborted) return;
      if (!failure) this.#answered();
      else this.#unanswered(failure);
      this.#sleeping = new AbortController();
      const period = this.#lost ? AWAY_PERIOD_MS : PERIOD_MS;
      await sleep(this.#options.clock, period, this.#sleeping.signal);
    }
  }

  /** Undefined when the server answered, be it with a refusal: it is there. */
  async #ask(signal: AbortSignal): Promise<ApiFailure | undefined> {
    try {
      await this.#options.api.get('/version', { signal, timeoutMs: TIMEOUT_MS });
      return undefined;
    } catch (error) {
      const failure: ApiFailure =
        error instanceof ApiError
          ? error.failure
          : { type: 'unreachable', message: (error as Error).message };
      return isAnswer(failure) ? undefined : failure;
    }
  }

  #answered() {
    this.#options.onContact();
    if (this.#lost) this.#options.onBack();
    this.#lost = false;
  }

  #unanswered(failure: ApiFailure) {
    if (!this.#lost) this.#options.onLost(failure);
    this.#lost = true;
  }
}
