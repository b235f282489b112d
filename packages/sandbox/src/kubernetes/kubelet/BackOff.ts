/** The kubelet's pauses between restarts and pulls: 10 s, doubled up to 5 min, forgotten after 10 min of quiet. */
const FIRST_MILLISECONDS = 10_000;
const LONGEST_MILLISECONDS = 300_000;

export class BackOff {
  private pause = 0;
  private since = 0;

  /** Records one more failure: `before` applied until now and is 0 the first time, `next` applies from now on. */
  fail(now: Date): { readonly before: number; readonly next: number } {
    const at = now.getTime();
    const before = at - this.since > 2 * LONGEST_MILLISECONDS ? 0 : this.pause;
    this.since = at;
    this.pause = before === 0 ? FIRST_MILLISECONDS : Math.min(before * 2, LONGEST_MILLISECONDS);
    return { before, next: this.pause };
  }
}

/** `10s`, `1m20s`, `5m0s`: how Go prints a duration. */
export function goDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
