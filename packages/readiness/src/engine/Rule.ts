import type { Coverage, Graph, Kind, ObjectOf, ObjectRef, Reads } from '@waymark/kube-graph';

/**
 * - error: it will break in production, or cannot work at all; the gate fails
 * - warning: it breaks under load, failure or change
 * - advice: it costs money or time
 */
export type Severity = 'error' | 'warning' | 'advice';
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'advice'];

/** What a service is capable of once every rule of the level passes. In this order; a level counts only on top of the ones before. */
export type Level = 'deployable' | 'resilient' | 'secure' | 'efficient';
export const LEVELS: readonly Level[] = ['deployable', 'resilient', 'secure', 'efficient'];

export type RuleVerdict = 'pass' | 'fail' | 'not-applicable' | 'unknown';

export type Args = Readonly<Record<string, string | number>>;

/** One way in which a subject fails a rule. Codes and arguments are data; the text is rendered from the rule's messages. */
export interface Failure<Code extends string = string> {
  readonly verdict: 'fail';
  readonly code: Code;
  readonly args: Args;
  /** JSON pointer into the subject's manifest. */
  readonly path: string;
  /** Tells findings of one code at one path apart: the name of what else is involved. */
  readonly key?: string;
  readonly actual?: unknown;
  readonly expected?: unknown;
  readonly related?: readonly ObjectRef[];
  /** Differs from the rule's own severity where a clause is weaker or stronger than the rule. */
  readonly severity?: Severity;
  /** JSON Patch (RFC 6902) on the subject that clears this failure. */
  readonly fix?: readonly PatchOperation[];
}

export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** What had to be known and was not. */
export interface Gap {
  /** Of a kind that Waymark types, or the name of one that it does not (a scale target of a foreign kind). */
  readonly kind: Kind | (string & {});
  readonly coverage: Exclude<Coverage, { state: 'complete' }>;
}

export type Outcome<Code extends string = string> =
  | Failure<Code>
  | { readonly verdict: 'unknown'; readonly gap: Gap }
  | { readonly verdict: 'not-applicable' };

export interface RuleInput<K extends Kind, Params> {
  readonly subject: ObjectOf<K>;
  readonly graph: Graph;
  readonly params: Params;
}

export interface Rule<
  K extends Kind = Kind,
  Params extends object = object,
  Code extends string = string,
> {
  /** Stable kebab-case id, the same in the scaffolder, in CI and on the catalog page. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly kinds: readonly K[];
  /** What happens to people when the rule fails. One or two sentences. */
  readonly why: string;
  /** What to do about it, with the field to set. */
  readonly remedy: string;
  /** Where the condition comes from. */
  readonly sources: readonly string[];
  /** Defaults of everything that a platform owner may set. */
  readonly params: Params;
  readonly reads: Reads;
  /**
   * The condition is only there before the API server: it would refuse the object, a controller writes the field by itself,
   * or the live store must not keep the value. Such a rule never judges live objects, and its reads grant nothing.
   */
  readonly manifestOnly?: boolean;
  /** Text by code; `{{name}}` stands for an argument. */
  readonly messages: Readonly<Record<Code, string>>;
  /** Yields nothing when the subject passes. */
  readonly check: (input: RuleInput<K, Params>) => Iterable<Outcome<Code>>;
}
