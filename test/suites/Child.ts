import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** For an orderly end, before it is made to end. */
const GRACE_MS = 20_000;

export interface ChildOptions {
  /** It leads a process group of its own (`detached`), which is signalled as a whole. */
  readonly group?: boolean;
  /** Where it says what went wrong, for those who read of its end. */
  readonly logFile?: string;
  readonly graceMs?: number;
}

/**
 * A child process whose end is noticed however and whenever it comes: `exitCode` stays null after a death by signal, and
 * the event is not repeated for those who listen later. It ends with this process.
 */
export class Child {
  /** Resolves to how it ended: `code 1`, `SIGKILL`, or why it never started. */
  readonly ended: Promise<string>;
  readonly #process: ChildProcess;
  readonly #group: boolean;
  readonly #hint: string;
  readonly #graceMs: number;
  #end: string | undefined;

  constructor(
    child: ChildProcess,
    { group = false, logFile, graceMs = GRACE_MS }: ChildOptions = {},
  ) {
    this.#process = child;
    this.#group = group;
    this.#graceMs = graceMs;
    this.#hint = logFile ? `; see ${logFile}` : '';
    const endWithUs = () => this.#signal('SIGTERM');
    process.once('exit', endWithUs);
    this.ended = new Promise(done => {
      const end = (how: string) => {
        this.#end ??= how;
        process.off('exit', endWithUs);
        done(how);
      };
      child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
      child.on('error', ({ message }) => end(message));
    });
  }

  /** Looks until it is so. Throws when that takes too long, or when the child ends first. */
  async until(
    what: string,
    isSo: () => Promise<boolean>,
    { withinMs, intervalMs = 250 }: { readonly withinMs: number; readonly intervalMs?: number },
  ): Promise<void> {
    for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(intervalMs)) {
      if (this.#end) throw new Error(`ended with ${this.#end} before ${what}${this.#hint}`);
      if (await isSo()) return;
    }
    throw new Error(`not within ${withinMs / 1000} s: ${what}${this.#hint}`);
  }

  /** Asks it to end, and makes it end when it does not. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#signal(signal);
    const made = setTimeout(() => this.#signal('SIGKILL'), this.#graceMs);
    await this.ended;
    clearTimeout(made);
  }

  #signal(signal: NodeJS.Signals) {
    const { pid } = this.#process;
    if (this.#end || pid === undefined) return;
    try {
      process.kill(this.#group ? -pid : pid, signal);
    } catch {
      // It is gone already, which is what the signal was for.
    }
  }
}
