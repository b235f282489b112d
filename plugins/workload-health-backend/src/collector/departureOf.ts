import type { KnownSubject, Transition } from './SubjectRecord';

/** The last line of the log about a workload that went away; undefined for what never had a status. */
export function departureOf(
  { subject, owned, status, release }: KnownSubject,
  now: Date,
): Transition | undefined {
  if (!status) return undefined;
  return {
    subject,
    ...(owned.namespace && { namespace: owned.namespace }),
    at: now.toISOString(),
    from: status,
    to: 'gone',
    release: release ?? { images: [] },
  };
}
