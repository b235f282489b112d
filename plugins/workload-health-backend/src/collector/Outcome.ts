import type { ObjectId } from '@waymark/kube-graph';
import { departureOf } from './departureOf';
import { nextRecord } from './nextRecord';
import type { Judgement, KnownSubject, SubjectRecord, Transition } from './SubjectRecord';
import type { VerdictChanges } from './VerdictStore';

/** What is to be written about one subject: its next record, or that it is gone. */
export interface Outcome {
  readonly subject: ObjectId;
  readonly owned: KnownSubject['owned'];
  /** Absent: it is gone. */
  readonly record?: SubjectRecord;
  readonly transition?: Transition;
}

/** Undefined when the store knows all of it already. */
export function outcomeOf(
  known: KnownSubject | undefined,
  judgement: Judgement | undefined,
  now: Date,
): Outcome | undefined {
  if (judgement) {
    const next = nextRecord(known, judgement, now);
    return next && { subject: judgement.subject, owned: judgement.owned, ...next };
  }
  if (!known) return undefined;
  const { subject, owned } = known;
  return { subject, owned, transition: departureOf(known, now) };
}

export const changesOf = (outcomes: readonly Outcome[]): VerdictChanges => ({
  records: outcomes.flatMap(({ record }) => record ?? []),
  gone: outcomes.flatMap(({ record, subject }) => (record ? [] : subject)),
  transitions: outcomes.flatMap(({ transition }) => transition ?? []),
});
