/** Does one thing a turn of the event loop, in order, so that a cluster's first list does not stop everybody else. */
export class PacedQueue {
  #waiting: (() => void)[] = [];
  #scheduled = false;
  #closed = false;

  add(task: () => void) {
    if (this.#closed) return;
    this.#waiting.push(task);
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
      task?.();
    });
  }
}
