import type { Change, KubeObject } from '@waymark/kube-graph';
import { ApiError, type ApiFailure, type ClusterApi } from '../api';
import { sleep, type Clock } from '../clock';
import type { KindState } from './ClusterWatch';
import { listPages } from './listPages';
import { parseWatchEvent } from './parseWatchEvent';
import { reactTo } from './reactTo';
import { requestPath, type WatchedResource } from './WatchedResource';

const OPEN_TIMEOUT_MS = 30_000;
/** The API server sends a bookmark about every minute; after this much silence the connection is taken for dead. */
const SILENCE_MS = 90_000;
/** How long one watch may last at the server, as client-go asks: 5 to 10 minutes, so that watches do not end together. */
const WATCH_SECONDS = 300;
/** A watch that lasted this long was a working one, and its end is the first failure again. */
const STEADY_MS = 30_000;
/**
 * How long a watch that resumes after an outage stays in doubt when it says nothing. That a place is too old comes as 200
 * and then an ERROR event, the first thing on the connection; a quiet kind says nothing for a minute, which is too long to
 * call it stale. So silence for a moment is taken for consent, and taken back should the ERROR come later after all.
 */
const RESUME_GRACE_MS = 250;

export interface ListWatchSink {
  /** The whole of a resource: what is not in it is gone. */
  replaced(objects: readonly KubeObject[]): void;
  changed(changes: readonly Change[]): void;
  state(state: KindState, failure?: ApiFailure): void;
  /** The server proved to be there. */
  contact(): void;
}

export interface ListWatchOptions {
  readonly api: ClusterApi;
  readonly resource: WatchedResource;
  /** Applied as objects arrive, so that whole ones never pile up. */
  readonly trim?: <T extends KubeObject>(object: T) => T;
  readonly sink: ListWatchSink;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Lists one resource and follows it until stopped, through every failure. Knows no kinds: custom resources as well. */
export class ListWatch {
  readonly #options: ListWatchOptions;
  #resourceVersion?: string;
  #state: KindState = { state: 'listing' };
  /** The last stale state, until a list or a watch that has said something proves that what is held is not behind. */
  #doubt?: KindState & { state: 'stale' };
  #listed = false;
  #attempt = 0;
  #repeated = 0;
  #lastFailure?: ApiFailure['type'];
  #stopped = false;
  #relisting = false;
  #verb: 'list' | 'watch' = 'list';
  #sleeping?: AbortController;
  #asking?: AbortController;
  #done: Promise<void> = Promise.resolve();

  constructor(options: ListWatchOptions) {
    this.#options = options;
  }

  start() {
    this.#done = this.#run();
  }

  async stop() {
    this.#stopped = true;
    this.#sleeping?.abort();
    this.#asking?.abort();
    await this.#done;
  }

  /** Tries again now instead of at the end of the delay: the server is back, and what fails next is the first failure. */
  wake() {
    this.#attempt = 0;
    this.#sleeping?.abort();
  }

  /** Drops a watch whose connection is no longer trusted; it resumes where it stood. */
  reconnect() {
    if (this.#verb === 'watch') this.#asking?.abort();
  }

  /** Starts over with a list and says anew when it is live: what was handed on could not be taken in. */
  relist() {
    this.#relisting = true;
    this.#asking?.abort();
  }

  async #run() {
    while (!this.#stopped) {
      const asking = (this.#asking = new AbortController());
      if (this.#relisting) {
        this.#relisting = false;
        this.#resourceVersion = undefined;
        this.#state = { state: 'listing' };
      }
      try {
        if (this.#resourceVersion === undefined) await this.#list(asking.signal);
        else await this.#watch(asking.signal);
      } catch (error) {
        if (!this.#stopped && !asking.signal.aborted) await this.#recover(error);
      }
    }
  }

  async #list(signal: AbortSignal) {
    const { api, resource, sink, trim = whole } = this.#options;
    this.#verb = 'list';
    const objects: KubeObject[] = [];
    let resourceVersion: string | undefined;
    for await (const page of listPages(api, resource, signal)) {
      sink.contact();
      for (const object of page.objects) objects.push(trim(object));
      resourceVersion = page.resourceVersion;
    }
    sink.replaced(objects);
    this.#doubt = undefined;
    this.#listed = true;
    this.#resourceVersion = resourceVersion;
  }

  async #watch(signal: AbortSignal) {
    const { api, resource, clock, random, sink } = this.#options;
    this.#verb = 'watch';
    const path = requestPath(resource, {
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: this.#resourceVersion,
      timeoutSeconds: String(Math.round(WATCH_SECONDS * (1 + random()))),
    });
    const opened = clock.now();
    const live = () => this.#enter({ state: 'live', since: new Date(opened) });
    let silence = clock.schedule(SILENCE_MS, () => this.#asking?.abort());
    let grace = () => {};
    let heard = false;
    try {
      const batches = await api.lines(path, { signal, timeoutMs: OPEN_TIMEOUT_MS });
      sink.contact();
      if (this.#doubt) grace = clock.schedule(RESUME_GRACE_MS, live);
      else live();
      for await (const lines of batches) {
        if (!lines.length) continue;
        silence();
        silence = clock.schedule(SILENCE_MS, () => this.#asking?.abort());
        heard = true;
        this.#attempt = 0;
        this.#take(lines);
        live();
      }
    } finally {
      silence();
      grace();
      if (clock.now() - opened > STEADY_MS) this.#attempt = 0;
    }
    if (!heard && clock.now() - opened < 1000)
      throw new ApiError({ type: 'unreachable', message: 'the watch was closed at once' });
  }

  #take(lines: readonly string[]) {
    const { sink, trim = whole } = this.#options;
    const changes: Change[] = [];
    try {
      for (const line of lines) {
        const { change, resourceVersion } = parseWatchEvent(line);
        if (change) changes.push({ type: change.type, object: trim(change.object) });
        this.#resourceVersion = resourceVersion ?? this.#resourceVersion;
        this.#doubt = undefined;
      }
    } finally {
      sink.contact();
      if (changes.length) sink.changed(changes);
    }
  }

  async #recover(error: unknown) {
    const { clock, random, resource } = this.#options;
    const failure = failureOf(error);
    if (failure.type !== this.#lastFailure || this.#attempt === 0) this.#repeated = 0;
    this.#lastFailure = failure.type;
    const reaction = reactTo(failure, {
      verb: this.#verb,
      resource: resource.resource,
      optional: resource.group !== '',
      attempt: this.#attempt,
      repeated: this.#repeated,
      listed: this.#listed,
      now: new Date(clock.now()),
      random,
    });
    this.#attempt += 1;
    this.#repeated += 1;
    if (reaction.relist) this.#resourceVersion = undefined;
    const state = reaction.state ?? (this.#doubt && { ...this.#doubt, message: failure.message });
    if (state) this.#enter(state, failure);
    if (!reaction.delayMs) return;
    this.#sleeping = new AbortController();
    await sleep(clock, reaction.delayMs, this.#sleeping.signal);
  }

  /** Tells a state once: a server that stays away has been away since the first failure. */
  #enter(state: KindState, failure?: ApiFailure) {
    const known = this.#state;
    if (known.state === 'live' && state.state === 'live') return;
    // What may not be read any more, or is not served any more, must not be shown from memory.
    if (state.state === 'forbidden' || state.state === 'absent') {
      this.#listed = false;
      this.#options.sink.replaced([]);
    }
    if (state.state === 'stale') {
      const { since } = known.state === 'stale' ? known : (this.#doubt ?? state);
      this.#doubt = this.#state = { ...state, since };
    } else this.#state = state;
    this.#options.sink.state(this.#state, failure);
  }
}

const whole = <T extends KubeObject>(object: T) => object;

/** What is no ApiError is a defect of ours: it must show as a message on the cluster, and not end the watch. */
function failureOf(error: unknown): ApiFailure {
  if (error instanceof ApiError) return error.failure;
  if (error instanceof SyntaxError)
    return { type: 'malformed', message: `a watch event is not JSON: ${error.message}` };
  return { type: 'malformed', message: `cannot take in the answer: ${(error as Error).message}` };
}
