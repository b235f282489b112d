import type { Graph, Pod, Reads, Workload } from '@waymark/kube-graph';
import type { Cause, Status } from '../verdict/Verdict';

export interface Detected {
  readonly cause: Omit<Cause, 'command'> & { readonly command?: string };
  /** What the workload is at least, while this stands. */
  readonly status: Exclude<Status, 'healthy'>;
}

export interface DetectorInput {
  readonly workload: Workload;
  /** Live pods of the workload, those being deleted included. */
  readonly pods: readonly Pod[];
  readonly graph: Graph;
  readonly now: Date;
}

/**
 * Recognises one family of causes. A detector is a folder with its cases as data; the order of the list in
 * `detectors.ts` is the order of precedence: the first that speaks is the cause, the others are its symptoms.
 */
export interface Detector<Code extends string = string> {
  readonly id: string;
  /** Which codes it can yield, with the sentence of each; `{{name}}` stands for an argument. */
  readonly messages: Readonly<Record<Code, string>>;
  /** What to do next, by code, in the imperative; shown under the sentence. */
  readonly remedies: Readonly<Record<Code, string>>;
  readonly reads: Reads;
  readonly detect: (input: DetectorInput) => Iterable<Detected>;
}

export const defineDetector = <Code extends string>(detector: Detector<Code>): Detector => detector;
