import type { SubjectRecord, KnownSubject, Transition } from '../collector/SubjectRecord';
import type { Owned } from '../entities/EntitySelector';
import type { ReadinessRow, TransitionRow, VerdictRow } from './rows';

/** What of a verdict its next one depends on; the rest is for readers. */
export const KNOWN_COLUMNS = [
  'cluster',
  'subject',
  'namespace',
  'labels',
  'application',
  'status',
  'since',
  'cause_code',
  'release',
  'release_change',
  'digest',
] as const satisfies readonly (keyof VerdictRow)[];

export function verdictRow(record: SubjectRecord, revision: number): VerdictRow {
  const { owned, health } = record;
  const { recheckAt, ...verdict } = health?.verdict ?? {};
  return {
    cluster: owned.cluster,
    subject: record.subject,
    namespace: owned.namespace ?? null,
    labels: JSON.stringify(owned.labels),
    application: owned.application ?? null,
    status: record.status ?? null,
    since: record.since,
    cause_code: record.causeCode ?? null,
    cause_args: json(health?.verdict.cause?.args),
    verdict: json(health && verdict),
    facts: json(health?.facts),
    release: json(record.release),
    release_change: json(record.releaseChange),
    digest: record.digest,
    observed_at: record.observedAt,
    revision,
    gone_at: null,
  };
}

export const readinessRow = ({ owned, subject, readiness }: SubjectRecord): ReadinessRow => ({
  cluster: owned.cluster,
  subject,
  results: JSON.stringify(readiness),
});

export const transitionRow = (cluster: string, transition: Transition): TransitionRow => ({
  cluster,
  subject: transition.subject,
  namespace: transition.namespace ?? null,
  at: transition.at,
  from_status: transition.from ?? null,
  to_status: transition.to,
  cause_code: transition.cause?.code ?? null,
  cause_args: json(transition.cause?.args),
  release: JSON.stringify(transition.release),
});

export function knownSubject(row: Pick<VerdictRow, (typeof KNOWN_COLUMNS)[number]>): KnownSubject {
  return {
    subject: row.subject,
    owned: ownedOf(row),
    ...(row.status && { status: row.status }),
    since: row.since,
    ...(row.cause_code && { causeCode: row.cause_code }),
    ...(row.release && { release: JSON.parse(row.release) }),
    ...(row.release_change && { releaseChange: JSON.parse(row.release_change) }),
    digest: row.digest,
  };
}

export const ownedOf = (
  row: Pick<VerdictRow, 'cluster' | 'namespace' | 'labels' | 'application'>,
): Owned => ({
  cluster: row.cluster,
  ...(row.namespace && { namespace: row.namespace }),
  labels: JSON.parse(row.labels),
  ...(row.application && { application: row.application }),
});

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
