/** One claim of speed or size, measured beside what it is compared to in the same run. */
export interface Bench {
  readonly name: string;
  /** What is measured and how long it takes. */
  readonly about: string;
  run(): Promise<BenchResult>;
}

export interface BenchResult {
  readonly measures: readonly Measure[];
  /** What a reader must know to judge the numbers. */
  readonly conditions: Readonly<Record<string, string | number>>;
}

export interface Measure {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  /** Absent where nobody else offers it. */
  readonly theirs?: { readonly name: string; readonly value: number };
  readonly target?: { readonly text: string; readonly met: boolean };
}
