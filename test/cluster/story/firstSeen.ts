import { setTimeout as sleep } from 'node:timers/promises';

export interface Seen<T> {
  readonly answer: T;
  /** When it was seen, ms. */
  readonly at: number;
  /** When the last look began that did not see it: it came true after this. */
  readonly after: number;
}

/** Looks until the probe gives an answer. A probe that throws has not answered yet. */
export async function firstSeen<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  { timeoutSeconds = 60, intervalMs = 50 } = {},
): Promise<Seen<T>> {
  const started = Date.now();
  let [after, last] = [started, ''];
  while (Date.now() - started < timeoutSeconds * 1000) {
    const looked = Date.now();
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return { answer, at: Date.now(), after };
      last = '';
    } catch (error) {
      last = `: ${(error as Error).message}`;
    }
    after = looked;
    await sleep(intervalMs);
  }
  throw new Error(`after ${timeoutSeconds} s it is still not so that ${what}${last}`);
}

/**
 * How long after the change it was shown, in seconds, both watched side by side. Counted from the last look that did not
 * see the change yet, so that it is never less than the truth; 0 if the page was faster than that look.
 */
export function delayBetween(change: Seen<unknown>, shown: Seen<unknown>): number {
  return Math.max(0, shown.at - change.after) / 1000;
}
