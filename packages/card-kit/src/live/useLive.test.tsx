import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook } from '@testing-library/react';
import { ANSWER_WITHIN_MS, useLive } from './useLive';

const POLL_MS = 10_000;
const SIGNALLED_POLL_MS = 60_000;

type Answer = (value: string | Error) => Promise<void>;

/** A backend whose answers are given by hand, in the order of the questions. */
function scriptedBackend() {
  const answers: Answer[] = [];
  const load = jest.fn(
    (_signal: AbortSignal) =>
      new Promise<string>((resolve, reject) => {
        answers.push(value =>
          act(async () => (value instanceof Error ? reject(value) : resolve(value))),
        );
      }),
  );
  return { load, answer: (value: string | Error) => answers.shift()!(value) };
}

function show(load: (signal: AbortSignal) => Promise<string>, { signals = false } = {}) {
  let signal: (message: unknown) => void = () => undefined;
  const api = {
    subscribe: (_channel: string, onMessage: typeof signal) => {
      signal = onMessage;
      return { unsubscribe: () => undefined };
    },
  };
  const hook = renderHook(
    () => useLive({ entityRef: 'component:default/web', channel: 'health', load }),
    {
      wrapper: ({ children }) => (
        <TestApiProvider apis={[[signalApiRef, (signals ? api : undefined) as never]]}>
          {children}
        </TestApiProvider>
      ),
    },
  );
  const changed = () =>
    act(async () => signal({ type: 'entities-changed', entityRefs: ['component:default/web'] }));
  return { ...hook, changed };
}

const pass = (ms: number) => act(async () => jest.advanceTimersByTimeAsync(ms));

describe('useLive', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('fails when the backend is mute, and takes its answer when it has come to itself', async () => {
    const { load, answer } = scriptedBackend();
    const { result } = show(load, { signals: true });
    await pass(ANSWER_WITHIN_MS - 1);
    expect(result.current).toMatchObject({ state: 'loading' });
    await pass(1);
    expect(result.current.state === 'failed' && result.current.failure.name).toBe('TimeoutError');
    expect(load.mock.calls[0][0].aborted).toBe(true);
    await answer('too late');
    expect(result.current).toMatchObject({ state: 'failed' });
    await pass(SIGNALLED_POLL_MS - ANSWER_WITHIN_MS);
    await answer('web');
    expect(result.current).toMatchObject({ state: 'loaded', value: 'web' });
  });

  it('keeps the failure in sight while the page tries by itself, and not when a person does', async () => {
    const { load, answer } = scriptedBackend();
    const { result } = show(load);
    await answer(new Error('gone'));
    await pass(POLL_MS);
    expect(load).toHaveBeenCalledTimes(2);
    expect(result.current).toMatchObject({ state: 'failed' });
    act(() => result.current.reload());
    expect(result.current).toMatchObject({ state: 'loading' });
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('lets a slow answer come: neither a poll nor a change breaks it off', async () => {
    const { load, answer } = scriptedBackend();
    const { result, changed } = show(load, { signals: true });
    await answer('first');
    await pass(SIGNALLED_POLL_MS - 1);
    await changed();
    await pass(1);
    await changed();
    expect(load).toHaveBeenCalledTimes(2);
    await answer('second');
    expect(result.current).toMatchObject({ state: 'loaded', value: 'second' });
    expect(load).toHaveBeenCalledTimes(3);
    await answer('what changed meanwhile');
    expect(result.current).toMatchObject({ value: 'what changed meanwhile' });
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('asks no more when it is gone', async () => {
    const { load } = scriptedBackend();
    const { unmount } = show(load);
    unmount();
    expect(load.mock.calls[0][0].aborted).toBe(true);
    await pass(2 * POLL_MS);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
