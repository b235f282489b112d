import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a running sandbox leaves behind so that the command line finds it. */
export interface SandboxState {
  /** Address of the control page. */
  url: string;
  pid: number;
}

/** Waymark's folder for what can be made again; scripts/workplace.mjs names the same one. */
export const cacheFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment.WAYMARK_CACHE ??
  join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'waymark');

export const stateFile = (cache: string = cacheFolder()): string => join(cache, 'sandbox.json');

export function writeState(state: SandboxState, file: string = stateFile()): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(state));
}

/** The newest sandbox that is still running. */
export function readState(file: string = stateFile()): SandboxState | undefined {
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as SandboxState;
    return isRunning(state.pid) ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Leaves the note of a sandbox that was started later. */
export function removeState(pid: number, file: string = stateFile()): void {
  if (readState(file)?.pid === pid) rmSync(file, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
