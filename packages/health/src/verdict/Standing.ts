import type { Status } from './Verdict';

/** What an object's own spec and status say, before anyone asks why. */
export interface Standing {
  readonly status: Status;
  /** When it began, where a condition says so. */
  readonly since?: string;
  /** Pods asked for. Zero where nobody is served: jobs, budgets, scalers. */
  readonly desired: number;
  readonly ready: number;
}

/** Standing of an object that asks for no pods. */
export const alone = (status: Status, since?: string): Standing => ({
  status,
  ...(since && { since }),
  desired: 0,
  ready: 0,
});
