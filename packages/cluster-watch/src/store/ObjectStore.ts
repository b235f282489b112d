import type { Change, Kind, KubeObject } from '@waymark/kube-graph';

/** The trimmed objects of one cluster. */
export interface ObjectStore {
  readonly size: number;
  objects(kind?: Kind): Iterable<KubeObject>;
  /** Replaces everything of a kind by a new list and says what that changed; objects of equal resourceVersion are no change. */
  replace(kind: Kind, objects: readonly KubeObject[]): readonly Change[];
  apply(change: Change): readonly Change[];
}
