import { EventEmitter } from 'node:events';
import {
  apiResources,
  createTrim,
  idOf,
  isKind,
  withoutNulls,
  type Change,
  type Kind,
  type KubeObject,
  type Reads,
} from '@waymark/kube-graph';
import { isAnswer, type ApiFailure, type ClusterApi } from '../api';
import { systemClock, type Clock } from '../clock';
import { MemoryObjectStore } from '../store';
import { clusterStateOf, type ClusterKnowledge, type KnownKind } from './clusterStateOf';
import type { ClusterState, ClusterWatch, ClusterWatchEvents, KindState } from './ClusterWatch';
import { coverageOf } from './coverageOf';
import { Heartbeat } from './Heartbeat';
import { ListWatch } from './ListWatch';
import { PacedQueue } from './PacedQueue';
import type { WatchedResource } from './WatchedResource';

/** So many changes at once keep whoever relates and judges them within a few milliseconds. */
const BATCH = 500;

/**
 * After so long a kind is listed again of which something could not be taken in. It is a defect of ours or of what the
 * server holds: only another version of the object mends it, and the list may be a large one.
 */
const RELIST_MS = 60_000;

export interface ApiClusterWatchOptions {
  readonly cluster: string;
  readonly api: ClusterApi;
  /** Decides which kinds are watched, and which of their fields are kept. Secrets are never asked for. */
  readonly reads: Reads;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** One list+watch per kind, one heartbeat, one store. */
export class ApiClusterWatch implements ClusterWatch {
  readonly store: MemoryObjectStore;
  readonly #options: ApiClusterWatchOptions;
  readonly #clock: Clock;
  readonly #watches: ReadonlyMap<Kind, ListWatch>;
  readonly #heartbeat: Heartbeat;
  readonly #events = new EventEmitter<{ changes: [readonly Change[]]; state: [ClusterState] }>();
  readonly #queue = new PacedQueue();
  readonly #kinds = new Map<Kind, KnownKind>();
  /** Kinds of which something could not be taken in since their last list, until that is due again. */
  readonly #refusals = new Map<
    Kind,
    { readonly failure: ApiFailure; readonly cancel: () => void }
  >();
  #lost?: ApiFailure;
  #unheard?: ApiFailure;
  #lastContact?: Date;

  constructor(options: ApiClusterWatchOptions) {
    const { reads, api, clock = systemClock } = options;
    this.#options = options;
    this.#clock = clock;
    const kinds = watchedKinds(reads);
    const keysOnly = new Set(kinds.filter(kind => reads[kind]?.keysOf?.length));
    this.store = new MemoryObjectStore({ keysOnly });
    for (const kind of kinds) this.#kinds.set(kind, { state: { state: 'listing' }, listed: false });
    this.#watches = new Map(kinds.map(kind => [kind, this.#listWatch(kind)]));
    this.#heartbeat = new Heartbeat({
      api,
      clock,
      onContact: () => this.#contact(),
      onLost: failure => this.#onLost(failure),
      onBack: () => this.#onBack(),
    });
  }

  get state(): ClusterState {
    return clusterStateOf(this.#knowledge());
  }

  coverage(kind: Kind) {
    return coverageOf(this.#kinds.get(kind), this.#clock.now());
  }

  on<E extends keyof ClusterWatchEvents>(event: E, listener: ClusterWatchEvents[E]) {
    // One event stands for both: the compiler cannot tell which of the two a generic name means.
    const [name, handler] = [event as 'changes', listener as ClusterWatchEvents['changes']];
    this.#events.on(name, handler);
    return () => {
      this.#events.off(name, handler);
    };
  }

  start() {
    this.#heartbeat.start();
    for (const watch of this.#watches.values()) watch.start();
  }

  async stop() {
    this.#queue.close();
    for (const { cancel } of this.#refusals.values()) cancel();
    const watches = [...this.#watches.values()];
    await Promise.all([this.#heartbeat.stop(), ...watches.map(watch => watch.stop())]);
    await this.#options.api.close();
  }

  #listWatch(kind: Kind): ListWatch {
    const { api, reads, random = Math.random } = this.#options;
    const trim = createTrim(reads);
    return new ListWatch({
      api,
      resource: watchedResource(kind),
      // Done once, here: store and graph hold the same object.
      trim: object => withoutNulls(trim(object)),
      clock: this.#clock,
      random,
      sink: {
        replaced: objects => this.#replace(kind, objects),
        changed: changes => this.#apply(kind, changes),
        state: (state, failure) => {
          // An outage shorter than the period would go unnoticed, and each kind would sit its delay out.
          if (failure && !isAnswer(failure)) this.#heartbeat.hurry();
          this.#about(kind, () => this.#enter(kind, state, failure));
        },
        contact: () => this.#contact(),
      },
    });
  }

  /** Does a thing of one kind in its turn. A failure is that kind's state, like the failure of a request. */
  #about(kind: Kind, run: () => void) {
    this.#queue.add(run, error => this.#refuse(kind, error));
  }

  #replace(kind: Kind, objects: readonly KubeObject[]) {
    this.#about(kind, () => {
      this.#refusals.get(kind)?.cancel();
      this.#refusals.delete(kind);
    });
    this.#apply(
      kind,
      objects.map(object => ({ type: 'upsert', object })),
    );
    this.#about(kind, () => {
      this.#tell(this.store.retain(kind, new Set(objects.map(idOf))));
      this.#kinds.set(kind, { ...this.#kinds.get(kind)!, listed: !this.#refusals.has(kind) });
    });
  }

  #apply(kind: Kind, changes: readonly Change[]) {
    for (let start = 0; start < changes.length; start += BATCH) {
      const batch = changes.slice(start, start + BATCH);
      this.#about(kind, () => this.#tell(batch.flatMap(change => this.#takeIn(kind, change))));
    }
  }

  /** One object that cannot be taken in keeps no other one out. */
  #takeIn(kind: Kind, change: Change): readonly Change[] {
    try {
      return this.store.apply(change);
    } catch (error) {
      this.#refuse(kind, error, idOf(change.object));
      return [];
    }
  }

  /** The kind is not known any more, at once: an older version of the object is no proof of anything. */
  #refuse(kind: Kind, error: unknown, what = kind as string) {
    const message = `cannot take in ${what}: ${error instanceof Error ? error.message : error}`;
    const failure: ApiFailure = { type: 'malformed', message };
    const cancel =
      this.#refusals.get(kind)?.cancel ??
      this.#clock.schedule(RELIST_MS, () => this.#watches.get(kind)!.relist());
    this.#refusals.set(kind, { failure, cancel });
    const since = new Date(this.#clock.now());
    this.#kinds.set(kind, { state: { state: 'stale', since, message }, listed: false, failure });
    this.#queueState();
  }

  #tell(changes: readonly Change[]) {
    if (changes.length) this.#events.emit('changes', changes);
  }

  #enter(kind: Kind, state: KindState, failure?: ApiFailure) {
    if (state.state === 'live' && this.#refusals.has(kind)) return;
    const listed = this.#kinds.get(kind)!.listed && state.state !== 'forbidden';
    this.#kinds.set(kind, { state, listed, ...(failure && { failure }) });
    this.#tellState();
  }

  #contact() {
    this.#lastContact = new Date(this.#clock.now());
  }

  #onLost(failure: ApiFailure) {
    this.#lost = failure;
    // Their connections may be as dead as this one, and silent for minutes before they notice.
    for (const watch of this.#watches.values()) watch.reconnect();
    this.#queueState();
  }

  #onBack() {
    this.#lost = undefined;
    for (const watch of this.#watches.values()) watch.wake();
    this.#queueState();
  }

  #knowledge(): ClusterKnowledge {
    const lost = this.#lost ?? this.#unheard;
    return {
      cluster: this.#options.cluster,
      kinds: this.#kinds,
      ...(lost && { lost }),
      ...(this.#lastContact && { lastContact: this.#lastContact }),
    };
  }

  /** A listener that failed did not hear it; whoever asks instead must see that. */
  #queueState() {
    this.#queue.add(
      () => this.#tellState(),
      error => {
        this.#unheard = { type: 'malformed', message: `cannot tell the state: ${error}` };
      },
    );
  }

  #tellState() {
    this.#unheard = undefined;
    this.#events.emit('state', this.state);
  }
}

/** Even a role that may read Secrets is not used to. */
const watchedKinds = (reads: Reads) =>
  Object.keys(reads).filter((kind): kind is Kind => isKind(kind) && kind !== 'Secret');

function watchedResource(kind: Kind): WatchedResource {
  const resource = { ...apiResources[kind], kind };
  switch (kind) {
    case 'Event':
      return { ...resource, fieldSelector: 'type=Warning' };
    // One may weigh 1 MiB, of which only the keys are kept.
    case 'ConfigMap':
      return { ...resource, pageSize: 100 };
    default:
      return resource;
  }
}
