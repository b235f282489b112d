import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BuiltParts } from './build';
import { Daemon, DaemonOptions } from './daemon';
import { PartName } from './parts';
import { Ports } from './ports';

export interface WorldContextOptions {
  dir: string;
  built: BuiltParts;
  ports: Ports;
  log: (line: string) => void;
}

/** What every part of one world shares: its folder, its ports and its processes. */
export class WorldContext {
  readonly dir: string;
  readonly ports: Ports;
  private readonly undo: (() => Promise<void>)[] = [];

  constructor(private readonly options: WorldContextOptions) {
    this.dir = options.dir;
    this.ports = options.ports;
  }

  /** A path in the world's folder; the folders on the way are made. */
  file(...names: string[]): string {
    const path = join(this.dir, ...names);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  folder(...names: string[]): string {
    return dirname(this.file(...names, 'x'));
  }

  /** A file of a built part: a binary or its data. */
  part(name: PartName, ...names: string[]): string {
    const dir = this.options.built[name];
    if (!dir) throw new Error(`${name} has not been built`);
    return join(dir, ...names);
  }

  /** A process of this world, not started yet, which ends with it at the latest. */
  daemon(options: Omit<DaemonOptions, 'logFile'>): Daemon {
    const logFile = this.file('logs', `${options.name.replaceAll(' ', '-')}.log`);
    const daemon = new Daemon({ onCrash: this.options.log, ...options, logFile });
    this.onStop(() => daemon.stop());
    return daemon;
  }

  onStop(undo: () => Promise<void>): void {
    this.undo.push(undo);
  }

  /** Takes everything down, the last made first. */
  async stop(): Promise<void> {
    for (let undo = this.undo.pop(); undo; undo = this.undo.pop()) await undo();
  }

  /** Says how long a part took. */
  async timed<T>(what: string, work: Promise<T>): Promise<T> {
    const started = Date.now();
    const result = await work;
    this.options.log(`${what}: ready in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return result;
  }
}
