import type { Change, Coverage, Kind } from '@waymark/kube-graph';
import type { ObjectStore } from '../store';

/** How one kind of one cluster is known at the moment. */
export type KindState =
  | { readonly state: 'listing' }
  | { readonly state: 'live'; readonly since: Date }
  /** The API server refused; the verb and resource that the role lacks, and its own message. */
  | {
      readonly state: 'forbidden';
      readonly verb: 'list' | 'watch';
      readonly resource: string;
      readonly message: string;
    }
  /** The API server does not serve the kind (a CRD that is not installed): there are no such objects. */
  | { readonly state: 'absent' }
  /** The last known objects stay; `message` says why no newer ones come. */
  | { readonly state: 'stale'; readonly since: Date; readonly message: string };

export interface ClusterState {
  readonly cluster: string;
  /** The worst of its kinds: `unreachable` while nothing at all could be listed, `stale` while connections fail. */
  readonly state: 'listing' | 'live' | 'stale' | 'unreachable' | 'unauthorised';
  /** When the API server last answered anything or a watch proved itself alive. */
  readonly lastContact?: Date;
  readonly message?: string;
  readonly kinds: Readonly<Partial<Record<Kind, KindState>>>;
}

/** Listeners answer for their own failures: one that throws makes the kind stale until its next list, but is not told again. */
export interface ClusterWatchEvents {
  /** Changes of one tick, in order and at most 500. The store already holds them. */
  changes(changes: readonly Change[]): void;
  /** Told when anything but `lastContact` differs, after the changes that led to it. */
  state(state: ClusterState): void;
}

/** Lists and watches the kinds of one cluster until stopped. Never throws after start: failures are states. */
export interface ClusterWatch {
  readonly store: ObjectStore;
  readonly state: ClusterState;
  /** What the graph may conclude from the absence of objects of a kind. */
  coverage(kind: Kind): Coverage;
  on<E extends keyof ClusterWatchEvents>(event: E, listener: ClusterWatchEvents[E]): () => void;
  start(): void;
  stop(): Promise<void>;
}
