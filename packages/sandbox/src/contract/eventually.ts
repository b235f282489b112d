import { AssertionError } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS } from './patience';

const POLL_MS = 100;

/**
 * Asks until the answer passes; fails with what was seen last. For what a server does in its own time: a case may assert
 * at once only what the answer to its own request promises.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T>,
  passes: (answer: T) => boolean | Promise<boolean>,
): Promise<T> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (await passes(answer)) return answer;
    if (Date.now() > giveUpAt) {
      throw new AssertionError({ message: `never ${what}: ${JSON.stringify(answer)}` });
    }
    await sleep(POLL_MS);
  }
}
