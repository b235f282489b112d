import { useEffect, useReducer } from 'react';
import type { LiveState } from './LiveState';

/**
 * An answer that could not be renewed for this long says how things were, and no longer how they are. No poll is rarer,
 * and it is twice the silence after which the backend takes a cluster's verdicts for history.
 */
export const OUTDATED_AFTER_MS = 60_000;

/** Whether what is shown is too old to look current. Turns by itself when the time has come. */
export function useOutdated(state: LiveState<unknown>): boolean {
  const [, look] = useReducer((looks: number) => looks + 1, 0);
  const failedSince = state.state === 'loaded' && state.failure ? state.at : undefined;
  useEffect(() => {
    if (failedSince === undefined) return undefined;
    const left = failedSince + OUTDATED_AFTER_MS - Date.now();
    const timer = setTimeout(look, Math.max(0, left));
    return () => clearTimeout(timer);
  }, [failedSince]);
  return failedSince !== undefined && Date.now() - failedSince >= OUTDATED_AFTER_MS;
}
