import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from './Lifecycle.ts';

export interface ShutdownOptions {
  readonly lifecycle: Lifecycle;
  readonly drainSeconds: number;
  readonly longestRequestSeconds: number;
  /** Stops listening and resolves when the requests in flight are answered. */
  readonly closeTraffic: () => Promise<void>;
  /** Cuts what is still open. */
  readonly cutTraffic: () => void;
  /** Probes answer until the very end: a refused liveness probe is a restart. */
  readonly closeManagement: () => Promise<void>;
}

/** Ready no more, serve on, finish what was begun, end. Says whether every request could be finished. */
export async function shutDown(options: ShutdownOptions): Promise<'finished' | 'cut'> {
  options.lifecycle.drain();
  await wait(options.drainSeconds * 1000);
  const outcome = await Promise.race([
    options.closeTraffic().then(() => 'finished' as const),
    wait(options.longestRequestSeconds * 1000, 'cut' as const, { ref: false }),
  ]);
  if (outcome === 'cut') options.cutTraffic();
  await options.closeManagement();
  return outcome;
}
