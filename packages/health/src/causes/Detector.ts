import type { Pod, Reads, Workload } from '@waymark/kube-graph';
import type { Clock } from '../verdict/Clock';
import type { ConsultedGraph } from '../verdict/ConsultedGraph';
import type { Standing } from '../verdict/Standing';
import type { Cause, Status } from '../verdict/Verdict';

export interface Detected<Code extends string = string> {
  readonly cause: Cause & { readonly code: Code };
  /**
   * What the workload is at least, while this stands. `progressing` names a cause whose minimum duration has not passed:
   * the sentence is there at once, the alarm is not.
   */
  readonly status: Extract<Status, 'suspended' | 'progressing' | 'degraded'>;
}

export interface DetectorInput {
  readonly workload: Workload;
  /** Live pods of the workload, those being deleted included. */
  readonly pods: readonly Pod[];
  /** The pods among them that are neither being deleted nor at their end. */
  readonly active: readonly Pod[];
  /** What the workload's own spec and status say. */
  readonly standing: Standing;
  readonly graph: ConsultedGraph;
  readonly clock: Clock;
}

/** When a code is said, for its page; the durations are the constants that `detect` itself uses. */
export interface Condition {
  /** What the objects show, by the names of their fields. */
  readonly when: string;
  /** Seconds that it must have lasted before anything is said; without, it is said at once. */
  readonly saidAfter?: number;
  /** Seconds that it must have lasted to be an alarm. Until then the workload is progressing. */
  readonly alarmAfter?: number;
  /** Where these durations do not hold. */
  readonly exception?: string;
}

/**
 * Recognises one family of causes. A detector is a folder with its cases as data; the order of the list in
 * `detectors.ts` is the order of precedence: the first that speaks is the cause, the others are its symptoms.
 */
export interface Detector<Code extends string = string> {
  readonly id: string;
  /** The family in one line, as a heading. */
  readonly title: string;
  /** What happens inside Kubernetes when it shows, in one or two sentences. */
  readonly why: string;
  /** Where conditions and durations come from. */
  readonly sources: readonly string[];
  /** Which codes it can yield, with the sentence of each; `{{name}}` stands for an argument, `{{workload}}` is always given. */
  readonly messages: Readonly<Record<Code, string>>;
  /** What to do next, by code, in the imperative; shown under the sentence. */
  readonly remedies: Readonly<Record<Code, string>>;
  readonly conditions: Readonly<Record<Code, Condition>>;
  readonly reads: Reads;
  readonly detect: (input: DetectorInput) => Iterable<Detected<Code>>;
}

export const defineDetector = <Code extends string>(detector: Detector<Code>): Detector => detector;
