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
   * Since when all verdicts were judged from what the cluster shows now. Undefined while it is listed, away, or back with
   * something yet to be judged: then they are those of an earlier picture.
   */
  readonly fitSince?: Date;
}

/** Where a collector keeps what it found. Refuses with a ConflictError when another replica owns the cluster by now. */
export interface VerdictStore {
  known(cluster: string): Promise<readonly KnownSubject[]>;
  write(cluster: string, changes: VerdictChanges): Promise<void>;
  /** The state of the cluster; written every few seconds, it also says that the collector lives. */
  writeState(state: CollectedState): Promise<void>;
}
