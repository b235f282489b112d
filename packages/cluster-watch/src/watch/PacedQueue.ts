interface PacedTask {
  readonly run: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Does one thing a turn of the event loop, in order, so that a cluster's first list does not stop everybody else. Nobody
 * awaits a turn: what a task throws would end the process, so whoever adds one is told instead.
 */
export class PacedQueue {
  #waiting: PacedTask[] = [];
  #scheduled = false;
  #closed = false;

  add(run: () => void, failed: (error: unknown) => void) {
    if (this.#closed) return;
    this.#waiting.push({ run, failed });
    this.#schedule();
  }

  close() {
    this.#closed = true;
    this.#waiting = [];
  }

  #schedule() {
    if (this.#scheduled || !this.#waiting.length) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const task = this.#waiting.shift();
      this.#schedule();
      try {
        task?.run();
      } catch (error) {
        task?.failed(error);
      }
    });
  }
}
