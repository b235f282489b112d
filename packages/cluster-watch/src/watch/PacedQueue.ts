import type { Change } from '@waymark/kube-graph';

/** So many changes at once keep whoever relates and judges them within a few milliseconds. */
const BATCH = 500;

/** Hands changes on in order, a batch a turn of the event loop, and runs what depends on them after them. */
export class PacedQueue {
  readonly #handOn: (changes: readonly Change[]) => void;
  #waiting: (Change | (() => void))[] = [];
  #scheduled = false;
  #closed = false;

  constructor(handOn: (changes: readonly Change[]) => void) {
    this.#handOn = handOn;
  }

  add(changes: readonly Change[]) {
    for (const change of changes) this.#waiting.push(change);
    this.#schedule();
  }

  run(after: () => void) {
    this.#waiting.push(after);
    this.#schedule();
  }

  close() {
    this.#closed = true;
    this.#waiting = [];
  }

  #schedule() {
    if (this.#scheduled || this.#closed || !this.#waiting.length) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#closed) this.#turn();
      this.#schedule();
    });
  }

  #turn() {
    const batch = this.#waiting.splice(0, BATCH);
    let changes: Change[] = [];
    const flush = () => {
      if (changes.length) this.#handOn(changes);
      changes = [];
    };
    for (const item of batch) {
      if (typeof item === 'function') {
        flush();
        item();
      } else changes.push(item);
    }
    flush();
  }
}
