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
  /** Where the pages of the rules lie: a URL or a path that ends with a slash. Default: `docs/rules/`. */
  readonly docs?: string;
}

export const docsOf = (rule: string, { docs = 'docs/rules/' }: RenderOptions) =>
  `${docs}${rule}.md`;
