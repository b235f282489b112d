import type { ObjectId } from '@waymark/kube-graph';
import type { ClusterState } from '@waymark/cluster-watch';
import type { KnownSubject, SubjectRecord, Transition } from './SubjectRecord';

export interface VerdictChanges {
  readonly records: readonly SubjectRecord[];
  readonly gone: readonly ObjectId[];
  readonly transitions: readonly Transition[];
}

/** Where a collector keeps what it found. Refuses with a ConflictError when another replica owns the cluster by now. */
export interface VerdictStore {
  known(cluster: string): Promise<readonly KnownSubject[]>;
  write(cluster: string, changes: VerdictChanges): Promise<void>;
  /** The state of the cluster; written every few seconds, it also says that the collector lives. */
  writeState(state: ClusterState): Promise<void>;
}
