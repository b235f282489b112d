import type { ObjectId } from '@waymark/kube-graph';
import type { ClusterState } from '@waymark/cluster-watch';
import type { KnownSubject, SubjectRecord, Transition } from './SubjectRecord';

export interface VerdictChanges {
  readonly records: readonly SubjectRecord[];
  readonly gone: readonly ObjectId[];
  readonly transitions: readonly Transition[];
}

/** A cluster as its collector knows it. */
export interface CollectedState extends ClusterState {
  /**
   * When all verdicts were last judged from what the cluster showed. It stands still while the cluster is listed, away, or
   * back with something yet to be judged; undefined as long as this collector has not come so far.
   */
  readonly fitAt?: Date;
}

/** Where a collector keeps what it found. Refuses with a ConflictError when another replica owns the cluster by now. */
export interface VerdictStore {
  known(cluster: string): Promise<readonly KnownSubject[]>;
  write(cluster: string, changes: VerdictChanges): Promise<void>;
  /** The state of the cluster; written every few seconds, it also says that the collector lives. */
  writeState(state: CollectedState): Promise<void>;
}
