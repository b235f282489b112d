/** What an autoscaler recommended and did lately; its windows and rates look back on it. */
export class ScaleHistory {
  private recommendations: { at: number; replicas: number }[] = [];
  private changes: { at: number; by: number }[] = [];

  recommend(replicas: number, now: Date): void {
    const at = now.getTime();
    this.recommendations = [...this.recommendations, { at, replicas }].filter(
      entry => at - entry.at <= LONGEST_WINDOW_MILLISECONDS,
    );
  }

  rescaled(by: number, now: Date): void {
    const at = now.getTime();
    this.changes = [...this.changes, { at, by }].filter(
      entry => at - entry.at <= LONGEST_WINDOW_MILLISECONDS,
    );
  }

  recommendedWithin(seconds: number, now: Date): number[] {
    const from = now.getTime() - seconds * 1000;
    return this.recommendations.filter(({ at }) => at > from).map(({ replicas }) => replicas);
  }

  /** Pods added minus pods removed in that time. */
  changeWithin(seconds: number, now: Date): number {
    const from = now.getTime() - seconds * 1000;
    return this.changes.filter(({ at }) => at > from).reduce((sum, { by }) => sum + by, 0);
  }
}

/** `stabilizationWindowSeconds` and `periodSeconds` may be at most an hour. */
const LONGEST_WINDOW_MILLISECONDS = 3_600_000;
