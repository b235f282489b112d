import { type ClusterState, STALE_AFTER_MS } from '@waymark/cluster-watch';

/**
 * Whether what is known of a cluster is fit to be judged. While it cannot be heard the last verdicts stay as they are,
 * with their age; readers turn them into unknown. A cluster that comes back does so kind by kind: until all of them are
 * there, or have had their time, half a picture must not be taken for the whole.
 */
export function mayJudge(
  { state, kinds }: ClusterState,
  now: number,
  inContactSince: number | undefined,
): boolean {
  if (Object.values(kinds).some(kind => kind.state === 'listing')) return false;
  if (state === 'live') return true;
  if (state !== 'stale' || inContactSince === undefined) return false;
  return now - inContactSince >= STALE_AFTER_MS;
}

/** Since when the cluster has been heard of without a gap; undefined while it is not. */
export function contactSince(
  { state, lastContact }: ClusterState,
  now: number,
  since: number | undefined,
): number | undefined {
  const heard = lastContact && now - lastContact.getTime() < STALE_AFTER_MS;
  return heard && state !== 'unreachable' ? (since ?? now) : undefined;
}
