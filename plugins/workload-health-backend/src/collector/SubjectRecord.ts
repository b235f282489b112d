import type { ObjectId } from '@waymark/kube-graph';
import type { Status, Verdict, WorkloadFacts } from '@waymark/health';
import type { Owned } from '../entities/EntitySelector';
import type { Configuration } from './configurationOf';
import type { SubjectReadiness } from './SubjectReadiness';

/** What an object is judged to be at this moment. */
export interface Judgement {
  readonly subject: ObjectId;
  readonly owned: Owned;
  /** Absent for an object that stands for no workload, a budget that guards nothing: only its readiness is kept. */
  readonly health?: {
    readonly verdict: Verdict;
    readonly facts: WorkloadFacts;
    readonly configuration?: Configuration;
  };
  readonly readiness: SubjectReadiness;
}

/** The revision of a workload with its images and its configuration: what a rollout changes. */
export interface Release {
  readonly revision?: string;
  readonly images: WorkloadFacts['images'];
  readonly configuration?: Configuration;
}

/** The last difference between two releases, and when its beginning was seen. */
export interface ReleaseChange {
  readonly at: string;
  readonly from: Release;
  readonly to: Release;
}

/** What has to be known of the last record to make the next one. */
export interface KnownSubject {
  readonly subject: ObjectId;
  readonly owned: Owned;
  readonly status?: Status;
  /** When this status began, RFC 3339. */
  readonly since: string;
  readonly causeCode?: string;
  readonly release?: Release;
  readonly releaseChange?: ReleaseChange;
  /** Equal for equal content, so that nothing is written that says nothing new. */
  readonly digest: string;
}

export interface SubjectRecord extends KnownSubject, Omit<Judgement, 'owned' | 'subject'> {
  readonly observedAt: string;
}

/** One line of the log: a workload went from one status to another, or away. */
export interface Transition {
  readonly subject: ObjectId;
  readonly namespace?: string;
  readonly at: string;
  /** Undefined for a workload that was not known before. */
  readonly from?: Status;
  /** `gone`: it was deleted, or another object speaks for it from now on. */
  readonly to: Status | 'gone';
  readonly cause?: Pick<NonNullable<Verdict['cause']>, 'code' | 'args'>;
  readonly release: Release;
}
