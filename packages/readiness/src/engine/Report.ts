import type { ObjectRef } from '@waymark/kube-graph';
import type { Failure, Gap, Level, RuleVerdict, Severity } from './Rule';

/** A failure with everything that names it outside of its rule. */
export interface Finding extends Omit<Failure, 'verdict'> {
  readonly rule: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly subject: ObjectRef;
  /** The same for the same defect in the next run: names instead of list positions. */
  readonly fingerprint: string;
}

/** `waymark.dev/ignore.<rule>: "reason; until=2026-12-31"` on the subject. */
export type Exemption =
  | { readonly state: 'active'; readonly reason: string; readonly until?: string }
  | { readonly state: 'expired'; readonly reason: string; readonly until: string }
  | { readonly state: 'invalid'; readonly text: string };

/** One rule on one subject. Without subject when a whole kind could not be read. */
export interface RuleResult {
  readonly rule: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly subject?: ObjectRef;
  readonly verdict: RuleVerdict;
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  /** An active exemption takes its findings out of gate and levels, never out of sight. */
  readonly exemption?: Exemption;
}

export interface LevelResult {
  readonly level: Level;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  /** Nothing of this level and of those before fails or is unknown. Advice never holds a level back. */
  readonly reached: boolean;
}

export interface Report {
  readonly results: readonly RuleResult[];
  /** Failing while any error stands; unknown while an error rule could not be decided. */
  readonly gate: 'pass' | 'fail' | 'unknown';
  readonly levels: readonly LevelResult[];
}
