import { useSignal } from '@backstage/plugin-signals-react';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { liveReducer, type LiveState } from './LiveState';
import { useOutdated } from './useOutdated';

/** Signals as the plugins of this portal send them: which entities changed, never what. */
type EntitiesChanged = { type: 'entities-changed'; entityRefs: string[] };

/** With signals, polling only heals what was lost; without, it is all there is. */
const POLL_MS = { withSignals: 60_000, withoutSignals: 10_000 };

export interface UseLiveOptions<T> {
  /** Changes when something else is to be shown. */
  readonly entityRef: string;
  readonly channel: string;
  readonly load: (signal: AbortSignal) => Promise<T>;
}

/**
 * Loads once, again whenever a signal names the entity, and by polling as the fallback. What was loaded stays while newer
 * data is on its way or fails to come. A hidden tab asks for nothing until it is looked at again.
 */
export function useLive<T>({
  entityRef,
  channel,
  load,
}: UseLiveOptions<T>): LiveState<T> & { reload: () => void; outdated: boolean } {
  const [state, dispatch] = useReducer(liveReducer<T>, { state: 'loading' });
  const { lastSignal, isSignalsAvailable } = useSignal<EntitiesChanged>(channel);
  const latest = useRef(load);
  latest.current = load;
  const running = useRef<AbortController>();

  const reload = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    dispatch({ type: 'started' });
    latest.current(controller.signal).then(
      value => !controller.signal.aborted && dispatch({ type: 'loaded', value, at: Date.now() }),
      error => !controller.signal.aborted && dispatch({ type: 'failed', error }),
    );
  }, []);

  useEffect(() => {
    dispatch({ type: 'reset' });
    reload();
    return () => running.current?.abort();
  }, [entityRef, reload]);

  useEffect(() => {
    if (lastSignal?.entityRefs.includes(entityRef.toLowerCase())) reload();
  }, [lastSignal, entityRef, reload]);

  useEffect(() => {
    const reloadIfSeen = () => {
      if (document.visibilityState === 'visible') reload();
    };
    const timer = setInterval(
      reloadIfSeen,
      isSignalsAvailable ? POLL_MS.withSignals : POLL_MS.withoutSignals,
    );
    document.addEventListener('visibilitychange', reloadIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', reloadIfSeen);
    };
  }, [isSignalsAvailable, reload]);

  return { ...state, reload, outdated: useOutdated(state) };
}
