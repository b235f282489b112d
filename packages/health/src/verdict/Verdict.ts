import type { Kind, ObjectRef } from '@waymark/kube-graph';

/**
 * - healthy: does what its spec asks for
 * - progressing: on its way, and within the time that its own spec allows
 * - degraded: serves, but not as asked for, or will not survive the next change
 * - down: serves nothing
 * - suspended: stopped on purpose (paused, scaled to zero, gated)
 * - unknown: what would decide it could not be read
 */
export type Status = 'healthy' | 'suspended' | 'progressing' | 'unknown' | 'degraded' | 'down';

/** From best to worst: a system shows the worst of its parts. Unknown is worse than progressing, for nobody can tell. */
export const STATUS_ORDER: readonly Status[] = [
  'healthy',
  'suspended',
  'progressing',
  'unknown',
  'degraded',
  'down',
];

export const worstStatus = (statuses: readonly Status[]): Status | undefined =>
  statuses.reduce<Status | undefined>(
    (worst, status) =>
      worst === undefined || STATUS_ORDER.indexOf(status) > STATUS_ORDER.indexOf(worst)
        ? status
        : worst,
    undefined,
  );

export type Args = Readonly<Record<string, string | number>>;

/** Where a claim can be checked: an object and, inside it, the field with the value that was read. */
export interface Evidence {
  readonly object: ObjectRef;
  /** JSON pointer into the live object. */
  readonly path: string;
  readonly value: string | number | boolean;
}

/** Why, as a code with arguments. `renderCause` turns it into one sentence. */
export interface Cause {
  readonly code: string;
  readonly args: Args;
  /** The objects and fields that the claim rests on, the decisive one first. */
  readonly evidence: readonly Evidence[];
  /** A read-only kubectl command that shows more. */
  readonly command?: string;
  /** When the fault began, RFC 3339, where an object says so. */
  readonly at?: string;
  /** How many pods show it, of how many. */
  readonly affected?: { readonly pods: number; readonly of: number };
}

/** One per workload. Everything that follows from the cause is a symptom and not a second cause. */
export interface Verdict {
  readonly subject: ObjectRef;
  readonly status: Status;
  /** When the status began, RFC 3339, where the objects say so. The verdict store knows it exactly. */
  readonly since?: string;
  readonly cause?: Cause;
  readonly symptoms: readonly Cause[];
  /** Kinds that could not be read and might have changed the verdict. */
  readonly gaps: readonly { readonly kind: Kind; readonly message: string }[];
  /** When the verdict changes without any object changing, because a minimum duration passes; RFC 3339. */
  readonly recheckAt?: string;
}
