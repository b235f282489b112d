import { useSignal } from '@backstage/plugin-signals-react';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { liveReducer, type LiveOutcome, type LiveState } from './LiveState';
import { useOutdated } from './useOutdated';

/** Signals as the plugins of this portal send them: which entities changed, never what. */
type EntitiesChanged = { type: 'entities-changed'; entityRefs: string[] };

/** With signals, polling only heals what was lost; without, it is all there is. */
const POLL_MS = { withSignals: 60_000, withoutSignals: 10_000 };

/** Answers come from the backend's memory or its database within milliseconds: what takes this long does not come. */
export const ANSWER_WITHIN_MS = 10_000;

type Load<T> = (signal: AbortSignal) => Promise<T>;

/** A request under way. */
interface Run {
  readonly request: AbortController;
  /** Something changed meanwhile, so that its answer may be too old. */
  again: boolean;
}

export interface UseLiveOptions<T> {
  /** Changes when something else is to be shown. */
  readonly entityRef: string;
  readonly channel: string;
  readonly load: Load<T>;
}

/**
 * Loads once, again whenever a signal names the entity, and by polling as the fallback. What was loaded stays while newer
 * data is on its way or fails to come. A hidden tab asks for nothing until it is looked at again. One request at a time:
 * a slow backend is waited for, a mute one is a failure after `ANSWER_WITHIN_MS`.
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
  const running = useRef<Run>();

  const start = useCallback(async () => {
    running.current?.request.abort();
    const run: Run = { request: new AbortController(), again: false };
    running.current = run;
    const outcome = await outcomeOf(latest.current, run.request);
    if (running.current !== run) return;
    running.current = undefined;
    dispatch(outcome);
    if (run.again) start();
  }, []);

  const reload = useCallback(() => {
    dispatch({ type: 'retried' });
    start();
  }, [start]);

  useEffect(() => {
    dispatch({ type: 'reset' });
    start();
    return () => {
      running.current?.request.abort();
      running.current = undefined;
    };
  }, [entityRef, start]);

  useEffect(() => {
    if (!lastSignal?.entityRefs.includes(entityRef.toLowerCase())) return;
    if (running.current) running.current.again = true;
    else start();
  }, [lastSignal, entityRef, start]);

  useEffect(() => {
    const poll = () => {
      if (document.visibilityState === 'visible' && !running.current) start();
    };
    const timer = setInterval(
      poll,
      isSignalsAvailable ? POLL_MS.withSignals : POLL_MS.withoutSignals,
    );
    document.addEventListener('visibilitychange', poll);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', poll);
    };
  }, [isSignalsAvailable, start]);

  return { ...state, reload, outdated: useOutdated(state) };
}

/** Ends when the answer is there, when the time is up, or when nobody wants it any more, whatever `load` makes of its signal. */
async function outcomeOf<T>(load: Load<T>, request: AbortController): Promise<LiveOutcome<T>> {
  const { signal } = request;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  const timer = setTimeout(
    () => request.abort(new DOMException(`no answer in ${ANSWER_WITHIN_MS} ms`, 'TimeoutError')),
    ANSWER_WITHIN_MS,
  );
  try {
    const value = await Promise.race([load(signal), aborted]);
    return { type: 'loaded', value, at: Date.now() };
  } catch (error) {
    return { type: 'failed', error: error as Error };
  } finally {
    clearTimeout(timer);
  }
}
