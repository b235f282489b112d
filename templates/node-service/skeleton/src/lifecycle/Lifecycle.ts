export type Phase = 'starting' | 'serving' | 'draining';

/** Where the process is between its start and its end. Readiness and the answers' headers follow from it. */
export class Lifecycle {
  #phase: Phase = 'starting';

  get phase(): Phase {
    return this.#phase;
  }

  started(): void {
    if (this.#phase === 'starting') this.#phase = 'serving';
  }

  drain(): void {
    this.#phase = 'draining';
  }
}
