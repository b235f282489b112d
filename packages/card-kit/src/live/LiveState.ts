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

/** How a request ended. */
export type LiveOutcome<T> =
  | { readonly type: 'loaded'; readonly value: T; readonly at: number }
  | { readonly type: 'failed'; readonly error: Error };

export type LiveAction<T> =
  | LiveOutcome<T>
  | { readonly type: 'reset' }
  /** By a person: what the page tries by itself takes neither words nor buttons away while it lasts. */
  | { readonly type: 'retried' };

export function liveReducer<T>(state: LiveState<T>, action: LiveAction<T>): LiveState<T> {
  switch (action.type) {
    case 'reset':
      return { state: 'loading' };
    case 'retried':
      return state.state === 'failed' ? { state: 'loading' } : state;
    case 'loaded':
      return { state: 'loaded', value: action.value, at: action.at };
    case 'failed':
      return state.state === 'loaded'
        ? { ...state, failure: action.error }
        : { state: 'failed', failure: action.error };
    default:
      return action satisfies never;
  }
}
