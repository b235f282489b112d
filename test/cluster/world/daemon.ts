import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './isRunning';
import { waitUntil } from './waitUntil';

export interface DaemonOptions {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  /** Output is appended here, over restarts. */
  logFile: string;
  /** A real request to the process; throwing counts as not ready. */
  ready: () => Promise<boolean>;
  timeoutSeconds?: number;
  /** Told once when the process ends though nobody asked it to. */
  onCrash?: (line: string) => void;
}

/** One process of the outside world that can be killed and started again. */
export class Daemon {
  readonly name: string;
  readonly logFile: string;
  private child: ChildProcess | undefined;
  private ready = false;

  constructor(private readonly options: DaemonOptions) {
    this.name = options.name;
    this.logFile = options.logFile;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts the process and waits until it answers. */
  async start(): Promise<void> {
    if (this.child) return;
    const { command, args, env, cwd } = this.options;
    const output = openSync(this.logFile, 'a');
    // The kernel ends the process with us, however we end. Its own process group keeps a Ctrl-C at
    // the terminal away from it: the world is taken down in order.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output],
      detached: true,
    });
    closeSync(output);
    this.child = child;
    running.add(this);
    child.once('exit', (code, signal) => {
      this.child = undefined;
      running.delete(this);
      if (this.ready) {
        this.options.onCrash?.(`${this.name} ended with ${code ?? signal}: see ${this.logFile}`);
      }
    });
    await this.untilReady(child);
    this.ready = true;
  }

  private async untilReady(child: ChildProcess): Promise<void> {
    try {
      await waitUntil(this.options.ready, {
        what: `${this.name} answers`,
        timeoutSeconds: this.options.timeoutSeconds ?? 60,
        check: () => {
          if (!isRunning(child)) {
            throw new Error(`exited with ${child.exitCode ?? child.signalCode}`);
          }
        },
      });
    } catch (cause) {
      const reason = lastLine(this.logFile);
      throw new Error(
        `${this.name} did not start: ${(cause as Error).message}. Its log is ${this.logFile}${reason}`,
        { cause },
      );
    }
  }

  /** Asks the process to end, and makes it end after the grace period. */
  async stop(graceSeconds = 5): Promise<void> {
    const child = this.child;
    if (!child) return;
    this.ready = false;
    const exited = once(child, 'exit');
    signalGroup(child, 'SIGTERM');
    await Promise.race([exited, sleep(graceSeconds * 1000, undefined, { ref: false })]);
    signalGroup(child, 'SIGKILL');
    await exited;
  }

  /** A crash: the process has no chance to say goodbye. */
  async kill(): Promise<void> {
    const child = this.child;
    if (!child) return;
    this.ready = false;
    const exited = once(child, 'exit');
    signalGroup(child, 'SIGKILL');
    await exited;
  }

  /** For the exit handler, where nothing can be awaited. */
  killNow(): void {
    if (this.child) signalGroup(this.child, 'SIGKILL');
  }
}

const running = new Set<Daemon>();

process.on('exit', () => running.forEach(daemon => daemon.killNow()));

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!child.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is what the signal was for.
  }
}

function lastLine(file: string): string {
  const line = readFileSync(file, 'utf8').trim().split('\n').at(-1);
  return line ? `, its last line: ${line.slice(0, 400)}` : '';
}
