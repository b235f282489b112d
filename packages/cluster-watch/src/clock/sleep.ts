import type { Clock } from './Clock';

/** Resolves after the time, or as soon as the signal aborts: whoever sleeps looks at the signal himself. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const wake = () => {
      cancel();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const cancel = clock.schedule(ms, wake);
    signal.addEventListener('abort', wake);
  });
}
