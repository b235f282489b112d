import type { ObjectId } from '@waymark/kube-graph';
import type { Rule } from '../engine';

export interface SourceLocation {
  /** As a person names it, relative to where the check was started. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface RenderOptions {
  /** The rules that judged: titles and texts come from them. */
  readonly rules: readonly Rule[];
  /** Where each object was read from, by object id. */
  readonly sources?: ReadonlyMap<ObjectId, SourceLocation>;
  /** Absolute address of the documentation site, without a slash at the end. Pages are paths in the repository without it. */
  readonly docs?: string;
}

export const docsOf = (rule: string, { docs }: RenderOptions) =>
  docs === undefined ? `docs/rules/${rule}.md` : `${docs}/rules/${rule}`;
