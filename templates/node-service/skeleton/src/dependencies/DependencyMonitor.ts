import { performance } from 'node:perf_hooks';
import type { Logger } from 'pino';
import type { Dependency } from '../config/readConfig.ts';
import type { Metrics } from '../observe/Metrics.ts';

export type DependencyState =
  | { readonly name: string; readonly required: boolean; readonly state: 'unknown' }
  | { readonly name: string; readonly required: boolean; readonly state: 'up' }
  | {
      readonly name: string;
      readonly required: boolean;
      readonly state: 'down';
      readonly reason: string;
    };

export interface DependencyMonitorOptions {
  readonly dependencies: readonly Dependency[];
  readonly ask: (address: URL, signal: AbortSignal) => Promise<void>;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly intervalMs?: number;
  readonly timeoutMs?: number;
}

/**
 * Asks every dependency on a clock of its own. Probes read the result: they stay fast while a dependency hangs, and more
 * probes do not mean more load on it.
 */
export class DependencyMonitor {
  readonly #options: Required<DependencyMonitorOptions>;
  readonly #states = new Map<string, DependencyState>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DependencyMonitorOptions) {
    this.#options = { intervalMs: 5000, timeoutMs: 2000, ...options };
    for (const { name, required } of options.dependencies)
      this.#states.set(name, { name, required, state: 'unknown' });
  }

  get states(): readonly DependencyState[] {
    return [...this.#states.values()];
  }

  /** Every required dependency has answered its last check. */
  get satisfied(): boolean {
    return this.states.every(({ required, state }) => !required || state === 'up');
  }

  start(): void {
    const round = async () => {
      await this.checkAll();
      if (this.#timer) this.#timer = setTimeout(round, this.#options.intervalMs);
    };
    this.#timer = setTimeout(round, 0);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async checkAll(): Promise<void> {
    await Promise.all(this.#options.dependencies.map(dependency => this.#check(dependency)));
  }

  async #check({ name, required, address }: Dependency): Promise<void> {
    const { ask, metrics, timeoutMs } = this.#options;
    const begin = performance.now();
    const state = await ask(address, AbortSignal.timeout(timeoutMs)).then(
      (): DependencyState => ({ name, required, state: 'up' }),
      (error: unknown): DependencyState => ({
        name,
        required,
        state: 'down',
        reason: reasonOf(error),
      }),
    );
    metrics.dependencyCheck.observe({ dependency: name }, (performance.now() - begin) / 1000);
    metrics.dependencyUp.set({ dependency: name }, state.state === 'up' ? 1 : 0);
    if (this.#states.get(name)?.state !== state.state) this.#tell(state);
    this.#states.set(name, state);
  }

  #tell(state: DependencyState): void {
    if (state.state === 'down') this.#options.log.warn(state, 'dependency does not answer');
    else this.#options.log.info(state, 'dependency answers');
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
