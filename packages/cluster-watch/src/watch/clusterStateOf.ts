import type { Kind } from '@waymark/kube-graph';
import type { ApiFailure } from '../api';
import type { ClusterState, KindState } from './ClusterWatch';

export interface KnownKind {
  readonly state: KindState;
  /** Why it is not live. */
  readonly failure?: ApiFailure;
  /** Whether a list of it has ever been complete. */
  readonly listed: boolean;
}

export interface ClusterKnowledge {
  readonly cluster: string;
  readonly kinds: ReadonlyMap<Kind, KnownKind>;
  /** Why the last heartbeat went unanswered. */
  readonly lost?: ApiFailure;
  readonly lastContact?: Date;
}

/** A cluster in one word: the worst that is true of it. A forbidden kind is no reason, as long as others can be read. */
export function clusterStateOf({
  cluster,
  kinds,
  lost,
  lastContact,
}: ClusterKnowledge): ClusterState {
  const states = Object.fromEntries([...kinds].map(([kind, { state }]) => [kind, state]));
  return {
    cluster,
    ...verdictOf([...kinds.values()], lost),
    ...(lastContact && { lastContact }),
    kinds: states,
  };
}

function verdictOf(
  kinds: readonly KnownKind[],
  lost: ApiFailure | undefined,
): Pick<ClusterState, 'state' | 'message'> {
  const stale = kinds.filter(({ state }) => state.state === 'stale');
  const refused = [...stale.map(({ failure }) => failure), lost].find(
    failure => failure?.type === 'unauthorised' || failure?.type === 'credentials',
  );
  if (refused) return { state: 'unauthorised', message: refused.message };

  const failure = lost ?? stale[0]?.failure;
  if (failure) {
    const listed = kinds.some(kind => kind.listed);
    return { state: listed ? 'stale' : 'unreachable', message: failure.message };
  }
  if (kinds.some(({ state }) => state.state === 'listing')) return { state: 'listing' };
  return nothingToRead(kinds) ?? { state: 'live' };
}

function nothingToRead(
  kinds: readonly KnownKind[],
): Pick<ClusterState, 'state' | 'message'> | undefined {
  const [first] = kinds;
  if (!first || kinds.some(({ state }) => state.state === 'live')) return undefined;
  return { state: 'unauthorised', message: `nothing may be read: ${first.failure?.message}` };
}
