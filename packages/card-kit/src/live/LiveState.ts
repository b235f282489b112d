/** Data that is kept current. `failure` beside a value means that the value is the last known one. */
export type LiveState<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: Error }
  | {
      readonly state: 'loaded';
      readonly value: T;
      /** When it came, in milliseconds of the page's own clock. */
      readonly at: number;
      readonly failure?: Error;
    };

export type LiveAction<T> =
  | { readonly type: 'reset' }
  | { readonly type: 'started' }
  | { readonly type: 'loaded'; readonly value: T; readonly at: number }
  | { readonly type: 'failed'; readonly error: Error };

export function liveReducer<T>(state: LiveState<T>, action: LiveAction<T>): LiveState<T> {
  switch (action.type) {
    case 'reset':
      return { state: 'loading' };
    case 'loaded':
      return { state: 'loaded', value: action.value, at: action.at };
    case 'failed':
      return state.state === 'loaded'
        ? { ...state, failure: action.error }
        : { state: 'failed', failure: action.error };
    default:
      // A second try after a failure without data shows the skeleton again.
      return state.state === 'failed' ? { state: 'loading' } : state;
  }
}
