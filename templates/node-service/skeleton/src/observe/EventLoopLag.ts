import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late the event loop is, over the last half second: the one number that says a Node process is overloaded. */
export class EventLoopLag {
  readonly #delay = monitorEventLoopDelay({ resolution: 20 });
  #milliseconds = 0;

  constructor() {
    this.#delay.enable();
    setInterval(() => {
      // The monitor measures its own 20 ms timer, of which only the excess is lag.
      this.#milliseconds = Math.max(0, this.#delay.mean / 1e6 - 20) || 0;
      this.#delay.reset();
    }, 500).unref();
  }

  get milliseconds(): number {
    return this.#milliseconds;
  }
}
