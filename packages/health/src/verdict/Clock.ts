/**
 * Tells how long something has lasted, and remembers when an answer will change by itself: a verdict that waits for two
 * minutes to pass has to be made again without any object changing.
 */
export class Clock {
  readonly now: Date;
  #recheckAt = Infinity;

  constructor(now: Date) {
    this.now = now;
  }

  /** Whether at least so many seconds have passed. An unknown start has not lasted: no alarm without evidence. */
  lasted(since: string | undefined, seconds: number): boolean {
    const end = since === undefined ? NaN : Date.parse(since) + seconds * 1000;
    if (end > this.now.getTime()) this.#recheckAt = Math.min(this.#recheckAt, end);
    return end <= this.now.getTime();
  }

  /** Whether it happened within the last so many seconds. */
  within(at: string | undefined, seconds: number): boolean {
    return at !== undefined && !Number.isNaN(Date.parse(at)) && !this.lasted(at, seconds);
  }

  /** Takes over when an answer that this one rests on will change. */
  remind(time: string | undefined) {
    if (time !== undefined) this.#recheckAt = Math.min(this.#recheckAt, Date.parse(time));
  }

  /** When the first of the answers given so far changes, RFC 3339. */
  get recheckAt(): string | undefined {
    return Number.isFinite(this.#recheckAt) ? new Date(this.#recheckAt).toISOString() : undefined;
  }
}
