import { act, renderHook } from '@testing-library/react';
import type { LiveState } from './LiveState';
import { OUTDATED_AFTER_MS, useOutdated } from './useOutdated';

describe('useOutdated', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const failure = new Error('gone');
  const answer = (overrides: object = {}): LiveState<string> => ({
    state: 'loaded',
    value: 'web',
    at: Date.now(),
    ...overrides,
  });
  const show = (initialProps: LiveState<string>) => renderHook(useOutdated, { initialProps });

  it('turns by itself when what could not be renewed is a minute old', () => {
    const { result } = show(answer({ failure }));
    expect(result.current).toBe(false);
    act(() => jest.advanceTimersByTime(OUTDATED_AFTER_MS - 1));
    expect(result.current).toBe(false);
    act(() => jest.advanceTimersByTime(1));
    expect(result.current).toBe(true);
  });

  it('is at once when a computer wakes up with an old answer and no way to renew it', () => {
    expect(show(answer({ at: Date.now() - OUTDATED_AFTER_MS, failure })).result.current).toBe(true);
  });

  it('is over with a new answer, and never begins while nothing failed', () => {
    const { result, rerender } = show(answer({ at: 0, failure }));
    rerender(answer());
    expect(result.current).toBe(false);
    act(() => jest.advanceTimersByTime(2 * OUTDATED_AFTER_MS));
    expect(result.current).toBe(false);
  });
});
