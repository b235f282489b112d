import type { LoggerService } from '@backstage/backend-plugin-api';
import { sleep, type Clock } from '@waymark/cluster-watch';
import type { Application } from '../applications/Application';
import type { ApplicationIndex } from '../applications/ApplicationIndex';
import { createUnreadableLog } from '../applications/createUnreadableLog';
import { parseApplication, USER_INFO } from '../applications/parseApplication';
import { resourceVersionOf } from '../applications/resourceVersionOf';
import type { SourceConfig } from '../config';
import { ApiClient, isRefused } from './ApiClient';
import type { DeliverySource, SyncOptions } from './DeliverySource';
import { readServerSentEvents } from './readServerSentEvents';
import { RevisionAuthors } from './RevisionAuthors';
import { SeenVersions } from './SeenVersions';
import { SourceStanding } from './SourceStanding';

/** Argo CD sends a comment every 15 s (pkg/apiclient, grpc/http forwarders): three of them missing is a dead stream. */
const SILENCE_MS = 45_000;
/**
 * A stream begins with every application. One that was opened before a server that has just started has read them stays
 * mute for ever, headers included: seen with 3.2.6. Where there were applications before, nothing in this time is that.
 */
const OPENING_MS = 10_000;
/** The server drops events of a full buffer without a word, so the list is compared every so often. */
const RELIST_MS = 60_000;
const BACKOFF_MS = { first: 500, last: 30_000 };

export interface ApiSourceOptions {
  readonly config: Extract<SourceConfig, { type: 'api' }>;
  readonly logger: LoggerService;
  readonly clock: Clock;
  readonly random: () => number;
  readonly fetch: typeof fetch;
}

/** What one stream and the lists beside it share; nothing is written once it is aborted. */
interface Connection {
  readonly index: ApplicationIndex;
  readonly signal: AbortSignal;
  readonly seen: SeenVersions;
}

/** One stream and one thin list of an Argo CD API, whatever the number of viewers. */
export class ApiSource implements DeliverySource {
  readonly name: string;
  readonly #options: ApiSourceOptions;
  readonly #client: ApiClient;
  readonly #authors: RevisionAuthors;
  readonly #parse: (object: unknown) => Application | undefined;
  readonly #standing: SourceStanding;
  readonly #stopping = new AbortController();
  #running?: Promise<void>;

  constructor(options: ApiSourceOptions) {
    const { name, url, token } = options.config;
    this.name = name;
    this.#options = options;
    this.#client = new ApiClient({ url, token, fetch: options.fetch });
    this.#authors = new RevisionAuthors({
      client: this.#client,
      logger: options.logger,
      signal: this.#stopping.signal,
    });
    const onUnreadable = createUnreadableLog(options.logger, name);
    this.#parse = object => parseApplication(name, object, onUnreadable);
    this.#standing = new SourceStanding({ name, type: 'api' });
  }

  get state() {
    return this.#standing.state;
  }

  pageOf({ name, namespace }: Pick<Application, 'name' | 'namespace'>) {
    return `${this.#options.config.externalUrl}/applications/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
  }

  start(index: ApplicationIndex, onState: () => void) {
    this.#standing.listen(onState);
    this.#running = this.#run(index);
  }

  async stop() {
    this.#stopping.abort();
    await this.#running;
  }

  async sync(application: Application, { prune, dryRun, user }: SyncOptions) {
    await this.#client.sync(application, {
      prune,
      dryRun,
      infos: [{ name: USER_INFO, value: user }],
    });
  }

  async #run(index: ApplicationIndex) {
    const { clock, random, logger } = this.#options;
    const { signal } = this.#stopping;
    for (
      let delay = BACKOFF_MS.first;
      !signal.aborted;
      delay = Math.min(delay * 2, BACKOFF_MS.last)
    ) {
      try {
        await this.#follow(index, () => (delay = BACKOFF_MS.first));
      } catch (error) {
        if (signal.aborted) return;
        logger.warn(
          `Argo CD source ${this.name}: ${(error as Error).message}; connecting again in ${delay / 1000} s or less`,
        );
        this.#fail(error as Error);
      }
      await sleep(clock, delay * (0.5 + random() / 2), signal);
    }
  }

  /** Stream first, then list: what changes in between is in the stream, what was deleted before is not in the list. */
  async #follow(index: ApplicationIndex, onLive: () => void) {
    const ending = new AbortController();
    const signal = AbortSignal.any([ending.signal, this.#stopping.signal]);
    const connection: Connection = { index, signal, seen: new SeenVersions() };
    const expected = index.all().some(({ source }) => source === this.name);
    const watchdog = this.#watchdog(expected ? OPENING_MS : SILENCE_MS, silentMs =>
      ending.abort(new Error(`Argo CD has been silent for ${silentMs / 1000} s`)),
    );
    try {
      // Live means complete: before the list, nobody knows what is missing.
      let complete = false;
      const stream = await this.#client.stream(signal);
      const reading = readServerSentEvents(stream, {
        // What had arrived already is still read after the end, and would bring watchdog and state back to life.
        onActivity: () => {
          if (signal.aborted) return;
          watchdog.reset();
          if (complete) this.#contact();
        },
        onEvent: event => signal.aborted || this.#accept(connection, event),
      });
      // Until the list is there, a failing stream must not be an unhandled one.
      reading.catch(() => undefined);
      await this.#compare(connection);
      complete = true;
      this.#contact();
      onLive();
      await Promise.race([reading, this.#relist(connection)]);
      throw new Error('Argo CD closed the stream');
    } catch (error) {
      throw ending.signal.aborted ? ending.signal.reason : error;
    } finally {
      watchdog.stop();
      ending.abort();
    }
  }

  #watchdog(openingMs: number, onSilence: (silentMs: number) => void) {
    const { clock } = this.#options;
    let stop = clock.schedule(openingMs, () => onSilence(openingMs));
    const reset = () => {
      stop();
      stop = clock.schedule(SILENCE_MS, () => onSilence(SILENCE_MS));
    };
    return { reset, stop: () => stop() };
  }

  /** As long as the connection: ends with it, in the middle of a comparison too. */
  async #relist(connection: Connection) {
    const { signal } = connection;
    while (!signal.aborted) {
      await sleep(this.#options.clock, RELIST_MS, signal);
      if (!signal.aborted) await this.#compare(connection);
    }
  }

  #accept({ index, seen }: Connection, event: unknown) {
    const { result } = event as { result?: { type?: string; application?: unknown } };
    const application = this.#parse(result?.application);
    if (!application) return;
    if (result?.type === 'DELETED') {
      seen.takeDeletion(application.id);
      index.delete(application.id);
    } else if (seen.takeEvent(application.id, resourceVersionOf(result?.application)))
      this.#put(index, application);
  }

  #put(index: ApplicationIndex, application: Application) {
    index.upsert(this.#authors.fill(application));
    this.#authors.ask(application, () => {
      const current = index.get(application.id);
      if (current) index.upsert(this.#authors.fill(current));
    });
  }

  async #compare({ index, signal, seen }: Connection) {
    const streamed = seen.beginList();
    const { items } = await this.#client.list(signal);
    signal.throwIfAborted();
    const listed = (items ?? []).flatMap(item => this.#parse(item) ?? []);
    index.keepOnly(this.name, new Set([...listed.map(({ id }) => id), ...streamed]));
    for (const thin of listed) {
      const { id } = thin;
      if (isAsListed(index.get(id), thin)) continue;
      const object = await this.#read(thin, signal);
      signal.throwIfAborted();
      const full = this.#parse(object);
      if (full && seen.takeAnswer(id, resourceVersionOf(object))) this.#put(index, full);
      if (!object && !streamed.has(id)) index.delete(id);
    }
  }

  /** Undefined for what was deleted since the list, or may not be read any more. */
  #read(application: Application, signal: AbortSignal): Promise<unknown> {
    return this.#client.get(application, signal).catch(error => {
      if (isRefused(error)) return undefined;
      throw error;
    });
  }

  #contact() {
    this.#standing.contact(this.#options.clock.now());
    this.#standing.enter({ state: 'live' });
  }

  #fail({ name, message }: Error) {
    const refused = name === 'AuthenticationError' || name === 'NotAllowedError';
    const unanswered = this.#standing.state.lastContact ? 'stale' : 'unreachable';
    this.#standing.enter({ state: refused ? 'unauthorised' : unanswered, message });
  }
}

function isAsListed(known: Application | undefined, { sync, health, operation }: Application) {
  if (known?.sync.status !== sync.status || known.health.status !== health.status) return false;
  // A list that tells of no operation may be one that does not know the field.
  if (!operation) return true;
  const { phase, startedAt } = known.operation ?? {};
  return phase === operation.phase && (!operation.startedAt || startedAt === operation.startedAt);
}
