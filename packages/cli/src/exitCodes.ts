/** What a pipeline reads. Source of the split: kubectl diff, grep: 1 is a finding, more is trouble. */
export const EXIT = {
  /** Nothing stands in the way. */
  ok: 0,
  /** The gate fails, or a workload is degraded or down. */
  failed: 1,
  /** The input or the command line is wrong, or the input holds no object: nothing was judged. */
  usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
