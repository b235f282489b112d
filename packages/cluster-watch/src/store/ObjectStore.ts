import type { Change, Kind, KubeObject, ObjectId } from '@waymark/kube-graph';

/** The trimmed objects of one cluster. */
export interface ObjectStore {
  readonly size: number;
  objects(kind?: Kind): Iterable<KubeObject>;
  /** Takes over a change and says what it changed: nothing, when all that is read was known. */
  apply(change: Change): readonly Change[];
  /** Drops the objects of a kind that a complete list did not name, and says which. */
  retain(kind: Kind, listed: ReadonlySet<ObjectId>): readonly Change[];
}
