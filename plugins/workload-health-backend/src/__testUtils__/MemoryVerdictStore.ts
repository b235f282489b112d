import type { ClusterState } from '@waymark/cluster-watch';
import type { KnownSubject } from '../collector/SubjectRecord';
import type { VerdictChanges, VerdictStore } from '../collector/VerdictStore';

/** Keeps what a collector writes for the test to look at. */
export class MemoryVerdictStore implements VerdictStore {
  readonly writes: VerdictChanges[] = [];
  readonly states: ClusterState[] = [];
  readonly subjects: KnownSubject[] = [];
  refusal?: Error;

  async known() {
    return this.subjects;
  }

  async write(_: string, changes: VerdictChanges) {
    if (this.refusal) throw this.refusal;
    this.writes.push(changes);
  }

  async writeState(state: ClusterState) {
    this.states.push(state);
  }
}
