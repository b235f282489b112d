import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from './backend/Backend';
import { statusesRequest } from './sides/waymark';

const ROUNDS = 3;
/** After this much our backend asks the catalog again what a user may see (`VisibleEntities`). */
const FORGOTTEN_MS = 5_100;

export interface StatusesNumbers {
  /** Milliseconds, for users that have not asked for five seconds and for the same users right after. */
  readonly first: readonly number[];
  readonly again: readonly number[];
  readonly bytes: number;
  readonly gzip: number;
}

/** One request for the status of all of a scenario's services, by one user after the other. */
export async function measureStatuses(
  backend: Backend,
  tokens: readonly string[],
  services: readonly string[],
): Promise<StatusesNumbers> {
  const request = statusesRequest(services);
  const time = async (token: string) => {
    const started = performance.now();
    const { status } = await backend.ask(request, token);
    if (status !== 200) throw new Error(`the statuses answered ${status}`);
    return performance.now() - started;
  };
  const first: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await sleep(FORGOTTEN_MS);
    for (const token of tokens) {
      first.push(await time(token));
      again.push(await time(token));
    }
  }
  const raw = await backend.ask(request, tokens[0]);
  const gzip = await backend.ask(request, tokens[0], 'gzip');
  const { length } = JSON.parse(raw.body.toString()).items;
  if (length !== services.length) throw new Error(`${length} statuses of ${services.length}`);
  return { first, again, bytes: raw.body.length, gzip: gzip.body.length };
}
