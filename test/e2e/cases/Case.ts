import type { Browser } from 'playwright-core';

export interface CaseContext {
  readonly browser: Browser;
  /** Where pictures go that people look at; undefined when none are wanted. */
  readonly pictures?: string;
  /** Makes and mends faults in the outside world. */
  control(action: 'break' | 'mend', workload: string, fault?: string): Promise<void>;
}

export interface Case {
  readonly name: string;
  run(context: CaseContext): Promise<void>;
}
