import { createHash } from 'node:crypto';
import { changedConfiguration } from './configurationOf';
import type {
  Judgement,
  KnownSubject,
  Release,
  ReleaseChange,
  SubjectRecord,
  Transition,
} from './SubjectRecord';

/**
 * What changes within this time is one change: a release applies its ConfigMap and its Deployment one after the other, and
 * the controller numbers the revision a moment later.
 */
const ONE_CHANGE_MS = 30_000;

export interface NextRecord {
  readonly record: SubjectRecord;
  /** Present when the status is another than before. */
  readonly transition?: Transition;
}

/** What to write about a subject, or undefined when the store knows all of it. */
export function nextRecord(
  known: KnownSubject | undefined,
  judgement: Judgement,
  now: Date,
): NextRecord | undefined {
  const digest = digestOf(judgement);
  if (known?.digest === digest) return undefined;
  const { subject, owned, health, readiness } = judgement;
  const cause = health?.verdict.cause;
  const release = health && releaseOf(health);
  const at = now.toISOString();
  const releaseChange = nextChange(known, release, now);
  const record: SubjectRecord = {
    subject,
    owned,
    readiness,
    digest,
    observedAt: at,
    since: sinceOf(known, judgement, at),
    ...(health && { health, status: health.verdict.status, release }),
    ...(cause && { causeCode: cause.code }),
    ...(releaseChange && { releaseChange }),
  };
  return { record, ...transitionOf(known, record, at) };
}

/**
 * Of a status that goes on, the beginning that is on record. Of a new one, what the objects say, where that lies
 * between the last status and now: a condition may be older than the verdict that it led to, and clocks differ.
 */
function sinceOf(known: KnownSubject | undefined, { health }: Judgement, now: string): string {
  if (known && known.status === health?.verdict.status) return known.since;
  const told = Date.parse(health?.verdict.since ?? '');
  const earliest = known ? Date.parse(known.since) : -Infinity;
  return told >= earliest && told <= Date.parse(now) ? new Date(told).toISOString() : now;
}

function transitionOf(
  known: KnownSubject | undefined,
  { subject, owned, status, health, release, since }: SubjectRecord,
  now: string,
): Pick<NextRecord, 'transition'> {
  if (!status || !release || known?.status === status) return {};
  const cause = health?.verdict.cause;
  return {
    transition: {
      subject,
      ...(owned.namespace && { namespace: owned.namespace }),
      at: known ? now : since,
      ...(known?.status && { from: known.status }),
      to: status,
      ...(cause && { cause: { code: cause.code, args: cause.args } }),
      release,
    },
  };
}

function nextChange(
  known: KnownSubject | undefined,
  to: Release | undefined,
  now: Date,
): ReleaseChange | undefined {
  const { release: from, releaseChange: last } = known ?? {};
  if (!from || !to || sameRelease(from, to)) return last;
  if (last && now.getTime() - Date.parse(last.at) < ONE_CHANGE_MS) return { ...last, to };
  return { at: now.toISOString(), from, to };
}

const releaseOf = ({ facts, configuration }: NonNullable<Judgement['health']>): Release => ({
  ...(facts.revision && { revision: facts.revision }),
  images: facts.images,
  ...(configuration && { configuration }),
});

const sameRelease = (a: Release, b: Release) =>
  a.revision === b.revision &&
  JSON.stringify(a.images) === JSON.stringify(b.images) &&
  changedConfiguration(a.configuration, b.configuration).length === 0;

/** When to look again and since when are no content: the first is ours, the second is kept apart. */
function digestOf({ owned, health, readiness }: Judgement): string {
  const verdict = health && { ...health.verdict, recheckAt: undefined, since: undefined };
  const { facts, configuration } = health ?? {};
  const content = JSON.stringify([owned, verdict, facts, configuration, readiness]);
  return createHash('sha256').update(content).digest('base64url');
}
