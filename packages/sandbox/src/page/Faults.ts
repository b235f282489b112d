/** A workload as people name it. */
export interface WorkloadRef {
  namespace: string;
  name: string;
}

export interface FaultKind {
  /** As on the command line: `crash-loop`. */
  name: string;
  description: string;
}

/** What can go wrong with a workload, and what does now. */
export interface Faults {
  readonly kinds: readonly FaultKind[];
  /** Name of the fault that the workload has. */
  faultOf(workload: WorkloadRef): string | undefined;
  /**
   * Without a name: the most telling one. Returns what the workload has now; throws, with a sentence for people,
   * where it cannot have it.
   */
  break(workload: WorkloadRef, fault?: string): string;
  mend(workload: WorkloadRef): void;
}
