/** Reads from one API server. Fails with `ApiError` only. */
export interface ClusterApi {
  /** The parsed answer. The time limit is for all of it, so that a server which drips cannot hold the caller. */
  get(path: string, options: { signal: AbortSignal; timeoutMs: number }): Promise<unknown>;
  /**
   * The lines of an answer that does not end by itself, as many at once as arrived together. The time limit is for its
   * beginning; silence later is the caller's to judge.
   */
  lines(
    path: string,
    options: { signal: AbortSignal; timeoutMs: number },
  ): Promise<AsyncIterable<readonly string[]>>;
  close(): Promise<void>;
}
