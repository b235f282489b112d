/**
 * client-go's event throttle (tools/record/events_cache.go): a source may send 25 events about one object, then one
 * every five minutes. That is why a probe that fails for an hour shows an event whose last time is long past.
 */
const BURST = 25;
const REFILL_MILLISECONDS = 300_000;

interface Bucket {
  tokens: number;
  at: number;
}

export class SpamFilter {
  private readonly buckets = new Map<string, Bucket>();

  allows(subject: string, now: Date): boolean {
    const at = now.getTime();
    const bucket = this.buckets.get(subject) ?? { tokens: BURST, at };
    const refilled = bucket.tokens + (at - bucket.at) / REFILL_MILLISECONDS;
    const tokens = Math.min(BURST, refilled);
    const allowed = tokens >= 1;
    this.buckets.set(subject, { tokens: allowed ? tokens - 1 : tokens, at });
    return allowed;
  }
}
