import {
  buildGraph,
  type Change,
  type Graph,
  idOf,
  type Kind,
  type ObjectId,
  refOfId,
} from '@waymark/kube-graph';
import { ForwardedError } from '@backstage/errors';
import {
  type Clock,
  type ClusterState,
  type ClusterWatch,
  STALE_AFTER_MS,
} from '@waymark/cluster-watch';
import type { Owned } from '../entities/EntitySelector';
import { ownedAs } from '../entities/ownedAs';
import { Agenda } from './Agenda';
import { contactSince, mayJudge } from './mayJudge';
import { changesOf, type Outcome, outcomeOf } from './Outcome';
import type { Judgement, KnownSubject } from './SubjectRecord';
import { undecided } from './undecided';
import type { VerdictStore } from './VerdictStore';

/** Long enough to gather a rollout's burst, short enough for a change to be seen at once. */
const FLUSH_MS = 200;
const TICK_MS = 1_000;
const HEARTBEAT_TICKS = 5;
/** Every subject is judged again within so many ticks, for facts that age without a change of any object. */
const ROUND_TICKS = 300;
/** Judged in one turn of the event loop, and written in one transaction. */
const BATCH = 25;
/** A row that the database refuses is refused again: it is tried now and then, for whoever mends the database. */
const REFUSED_RETRY_MS = 60_000;

/** Judged for themselves when they belong to no workload. */
const STANDING_KINDS = [
  'Service',
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'PodDisruptionBudget',
] as const satisfies readonly Kind[];

/** What the collector tells about its work; all of it is optional to hear. */
export interface CollectorObserver {
  judged?(subjects: number, milliseconds: number): void;
  written?(verdicts: number): void;
  failed?(what: 'judge' | 'write', error: Error): void;
}

export interface CollectorOptions {
  readonly watch: ClusterWatch;
  readonly store: VerdictStore;
  readonly judge: (
    graph: Graph,
    subject: ObjectId,
    context: { cluster: string; now: Date },
  ) => Judgement | undefined;
  /** Told after the store knows: these changed, or what is known of their cluster did. */
  readonly publish: (changed: readonly Owned[]) => void;
  readonly clock: Clock;
  readonly observer?: CollectorObserver;
}

/** Judges what a cluster's changes touch and writes what became of it. One runs per cluster, on the replica that owns it. */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #graph: Graph;
  readonly #known = new Map<ObjectId, KnownSubject>();
  readonly #agenda = new Agenda();
  #coverage = '';
  #inContactSince?: number;
  /** Whether nothing is left to be judged of what is known now, and when that was so last. */
  #fit = false;
  #fitAt?: number;
  #told = '';
  #ticks = 0;
  #cancelFlush?: () => void;
  #cancelTick?: () => void;
  #working: Promise<void> = Promise.resolve();
  #stopped = false;
  #unsubscribe: (() => void)[] = [];

  constructor(options: CollectorOptions) {
    this.#options = options;
    const { watch } = options;
    this.#graph = buildGraph([], { coverage: kind => watch.coverage(kind) });
  }

  get cluster() {
    return this.#options.watch.state.cluster;
  }

  get lastContact() {
    return this.#options.watch.state.lastContact;
  }

  async start() {
    const { watch, store } = this.#options;
    for (const subject of await store.known(this.cluster))
      this.#known.set(subject.subject, subject);
    if (this.#stopped) return;
    this.#unsubscribe = [
      watch.on('changes', changes => this.#take(changes)),
      watch.on('state', () => this.#look()),
    ];
    watch.start();
    this.#tick();
  }

  async stop() {
    this.#stopped = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#cancelFlush?.();
    this.#cancelTick?.();
    await this.#options.watch.stop();
    await this.#working;
  }

  #take(changes: readonly Change[]) {
    for (const change of changes) {
      try {
        this.#agenda.touch(this.#graph.apply(change).workloads);
      } catch (error) {
        this.#options.observer?.failed?.('judge', error as Error);
      }
    }
    this.#schedule();
  }

  #tick() {
    const { clock } = this.#options;
    this.#cancelTick = clock.schedule(TICK_MS, () => this.#tick());
    this.#agenda.touchDue(clock.now());
    this.#agenda.touchSome(Math.ceil(this.#known.size / ROUND_TICKS), () => this.#known.keys());
    this.#look();
    if (this.#ticks % HEARTBEAT_TICKS === 0) this.#after(() => this.#writeState());
    this.#ticks += 1;
  }

  /** Compares what can be read and concluded with the last time. */
  #look() {
    const { watch, clock } = this.#options;
    const { state } = watch;
    const now = clock.now();
    this.#inContactSince = contactSince(state, now, this.#inContactSince);
    if (mayJudge(state, now, this.#inContactSince)) this.#cover(coverageOf(watch, state));
    else this.#fit = false;
    if (this.#fit) this.#fitAt = now;
    this.#tell();
  }

  #cover(coverage: string) {
    if (coverage !== this.#coverage) {
      this.#touchAll();
      this.#fit = false;
    }
    this.#coverage = coverage;
    if (this.#agenda.size || !this.#fit) this.#schedule();
  }

  /** What a reader makes of the cluster: its state, and whether its verdicts still count. */
  #tell() {
    const { clock, publish, watch } = this.#options;
    const away = this.#inContactSince === undefined;
    const past = this.#fitAt === undefined || clock.now() - this.#fitAt >= STALE_AFTER_MS;
    const told = JSON.stringify([watch.state.state, away, past]);
    if (told === this.#told) return;
    this.#told = told;
    this.#after(async () => {
      await this.#writeState();
      publish([...this.#known.values()].map(({ owned }) => owned));
    });
  }

  #touchAll() {
    const standing = STANDING_KINDS.flatMap(kind => this.#graph.all(kind));
    this.#agenda.touch([...this.#graph.workloads(), ...standing].map(idOf));
    this.#agenda.touch(this.#known.keys());
  }

  #schedule() {
    if (this.#cancelFlush || this.#stopped) return;
    this.#cancelFlush = this.#options.clock.schedule(FLUSH_MS, () => {
      this.#cancelFlush = undefined;
      this.#after(() => this.#judgeTouched());
    });
  }

  /** One thing at a time, and no failure ends the work: what could not be written is touched still. */
  #after(work: () => Promise<void>) {
    this.#working = this.#working
      .then(() => (this.#stopped ? undefined : work()))
      .catch(error => this.#options.observer?.failed?.('write', error));
  }

  async #judgeTouched() {
    const { watch, clock } = this.#options;
    while (!this.#stopped && mayJudge(watch.state, clock.now(), this.#inContactSince)) {
      const batch = this.#agenda.take(BATCH);
      if (!batch.length) {
        this.#fit = true;
        this.#fitAt = clock.now();
        this.#tell();
        return;
      }
      try {
        await this.#judgeBatch(batch);
      } catch (error) {
        this.#agenda.touch(batch);
        throw error;
      }
      await new Promise(setImmediate);
    }
  }

  async #judgeBatch(batch: readonly ObjectId[]) {
    const { clock, observer } = this.#options;
    const now = new Date(clock.now());
    const started = performance.now();
    const judged = batch.map(subject => ({ subject, judgement: this.#judge(subject, now) }));
    observer?.judged?.(batch.length, performance.now() - started);
    const outcomes = judged.flatMap(
      ({ subject, judgement }) => outcomeOf(this.#known.get(subject), judgement, now) ?? [],
    );
    if (outcomes.length) await this.#writeAll(outcomes);
  }

  async #writeAll(outcomes: readonly Outcome[]) {
    try {
      await this.#write(outcomes);
    } catch (error) {
      if (isConflict(error)) throw error;
      // A database that takes the cluster's state is there: then it is a row that it refuses.
      await this.#writeState().catch(() => {
        throw error;
      });
      for (const outcome of outcomes) await this.#writeAlone(outcome);
    }
  }

  async #writeAlone(outcome: Outcome) {
    const { clock, observer } = this.#options;
    try {
      await this.#write([outcome]);
    } catch (error) {
      if (isConflict(error)) throw error;
      observer?.failed?.('write', new ForwardedError(`${outcome.subject} is refused`, error));
      this.#agenda.recheck(outcome.subject, clock.now() + REFUSED_RETRY_MS);
    }
  }

  async #write(outcomes: readonly Outcome[]) {
    const { store, publish, observer } = this.#options;
    const changes = changesOf(outcomes);
    await store.write(this.cluster, changes);
    observer?.written?.(changes.records.length);
    for (const { health, readiness, observedAt, ...known } of changes.records)
      this.#known.set(known.subject, known);
    for (const subject of changes.gone) this.#known.delete(subject);
    publish(outcomes.map(({ owned }) => owned));
  }

  #judge(subject: ObjectId, now: Date): Judgement | undefined {
    const { judge, observer } = this.#options;
    try {
      const judgement =
        judge(this.#graph, subject, { cluster: this.cluster, now }) ?? this.#unread(subject);
      const recheckAt = Date.parse(judgement?.health?.verdict.recheckAt ?? '');
      this.#agenda.recheck(subject, recheckAt > now.getTime() ? recheckAt : undefined);
      return judgement;
    } catch (error) {
      observer?.failed?.('judge', error as Error);
      const { release } = this.#known.get(subject) ?? {};
      const object = this.#graph.find(refOfId(subject));
      const owned = object && ownedAs(object, this.cluster);
      const message = `cannot be judged: ${(error as Error).message}`;
      return owned && undecided({ subject, owned, release, message });
    }
  }

  /** A workload is not gone because its kind may not be read any more. */
  #unread(subject: ObjectId): Judgement | undefined {
    const known = this.#known.get(subject);
    const ref = refOfId(subject);
    const coverage = this.#graph.coverage(ref.kind as Kind);
    if (!known?.status || this.#graph.find(ref) || coverage.state !== 'missing') return undefined;
    return undecided({ ...known, message: coverage.message });
  }

  async #writeState() {
    const { store, watch } = this.#options;
    const fitAt = this.#fitAt === undefined ? {} : { fitAt: new Date(this.#fitAt) };
    await store.writeState({ ...watch.state, ...fitAt });
  }
}

const coverageOf = (watch: ClusterWatch, { kinds }: ClusterState) =>
  JSON.stringify((Object.keys(kinds) as Kind[]).map(kind => [kind, watch.coverage(kind).state]));

/** Another replica owns the cluster by now. */
const isConflict = (error: unknown) => error instanceof Error && error.name === 'ConflictError';
