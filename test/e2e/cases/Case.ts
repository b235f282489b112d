import type { Browser } from 'playwright-core';

/** Faults of workloads in the outside world. */
export interface Faults {
  /** Resolves once the cluster shows it, to the last moment in ms at which it did not yet. */
  make(workload: string, fault: string): Promise<number>;
  mend(workload: string): Promise<void>;
}

export interface CaseContext {
  readonly browser: Browser;
  /** Where the portal of this run is open. */
  readonly url: string;
  /** Where pictures go that people look at; undefined when none are wanted. */
  readonly pictures?: string;
  readonly faults: Faults;
  /** Services that the catalog has already, for a new one to call. */
  readonly neighbours: readonly string[];
}

export interface Case {
  readonly name: string;
  run(context: CaseContext): Promise<void>;
}
