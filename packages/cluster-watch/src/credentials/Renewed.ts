import type { Clock } from '../clock';

export interface RenewedOptions<T> {
  readonly request: () => Promise<T>;
  /** Epoch milliseconds from which a value must not be used; undefined for never. */
  readonly endOf: (value: T) => number | undefined;
  readonly clock: Clock;
}

/** Keeps a value until its end. Concurrent callers share one request; a failed one is not kept. */
export class Renewed<T> {
  readonly #options: RenewedOptions<T>;
  #kept?: { readonly value: T };
  #underWay?: Promise<T>;

  constructor(options: RenewedOptions<T>) {
    this.#options = options;
  }

  async get(): Promise<T> {
    const { endOf, clock } = this.#options;
    if (this.#kept && (endOf(this.#kept.value) ?? Infinity) > clock.now()) return this.#kept.value;
    this.#underWay ??= this.#renew().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  invalidate() {
    this.#kept = undefined;
  }

  async #renew() {
    const value = await this.#options.request();
    this.#kept = { value };
    return value;
  }
}
