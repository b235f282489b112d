import type { Coverage } from '@waymark/kube-graph';
import type { KnownKind } from './clusterStateOf';

/**
 * For so long a kind whose watch fails still counts as known: a restart of the API server or a failover of its load
 * balancer takes that long. Also the age at which a cluster that was not heard of makes its verdicts unknown.
 */
export const STALE_AFTER_MS = 30_000;

/** What the absence of an object of a kind proves at this moment. */
export function coverageOf(kind: KnownKind | undefined, now: number): Coverage {
  // Never asked for: Secrets, and kinds that nothing reads. There may be any number of them.
  if (!kind) return { state: 'open' };
  const { state, listed } = kind;
  switch (state.state) {
    case 'live':
    case 'absent':
      return { state: 'complete' };
    case 'listing':
      return { state: 'missing', reason: 'not-listed', message: 'not listed yet' };
    case 'forbidden':
      return { state: 'missing', reason: 'forbidden', message: state.message };
    case 'stale':
      return listed && now - state.since.getTime() < STALE_AFTER_MS
        ? { state: 'complete' }
        : { state: 'missing', reason: 'unreachable', message: state.message };
    default:
      return state satisfies never;
  }
}
