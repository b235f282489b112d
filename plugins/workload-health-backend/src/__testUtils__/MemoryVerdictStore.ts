import type { KnownSubject } from '../collector/SubjectRecord';
import type { CollectedState, VerdictChanges, VerdictStore } from '../collector/VerdictStore';

/** Keeps what a collector writes for the test to look at. */
export class MemoryVerdictStore implements VerdictStore {
  readonly writes: VerdictChanges[] = [];
  readonly states: CollectedState[] = [];
  readonly subjects: KnownSubject[] = [];
  /** Thrown at every write. */
  refusal?: Error;
  /** Thrown at a write that holds this subject. */
  readonly refused = new Map<string, Error>();

  async known() {
    return this.subjects;
  }

  async write(_: string, changes: VerdictChanges) {
    if (this.refusal) throw this.refusal;
    for (const { subject } of changes.records) {
      const error = this.refused.get(subject);
      if (error) throw error;
    }
    this.writes.push(changes);
  }

  async writeState(state: CollectedState) {
    if (this.refusal) throw this.refusal;
    this.states.push(state);
  }
}
