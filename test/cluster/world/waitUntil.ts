import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** What is waited for, as in "node a is Ready". */
  what: string;
  timeoutSeconds?: number;
  intervalMs?: number;
  /** Ends the wait early by throwing, e.g. when the process has died. */
  check?: () => void;
}

/** The first truthy answer of the probe; a probe that throws has not answered yet. */
export async function waitUntil<T>(
  probe: () => Promise<T> | T,
  { what, timeoutSeconds = 60, intervalMs = 100, check }: WaitOptions,
): Promise<NonNullable<T>> {
  const end = Date.now() + timeoutSeconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    check?.();
    try {
      const answer = await probe();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await sleep(intervalMs);
  }
  const reason = last instanceof Error ? `: ${last.message}` : '';
  throw new Error(`After ${timeoutSeconds} s it is still not so that ${what}${reason}`, {
    cause: last,
  });
}
