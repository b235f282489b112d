import { type ChildProcess, fork } from 'node:child_process';
import { openSync } from 'node:fs';
import { root } from '../../suites/runProgram';

const TRANSFORM = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');

export interface ForkProgramOptions {
  readonly args?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Of Node itself. */
  readonly flags?: readonly string[];
  readonly logFile: string;
}

/** One of our TypeScript programs in a process of its own. It ends with ours at the latest: its channel closes then. */
export function forkProgram(
  program: string,
  { args = [], variables = {}, flags = [], logFile }: ForkProgramOptions,
): ChildProcess {
  const log = openSync(logFile, 'a');
  return fork(program, [...args], {
    cwd: root,
    execArgv: [...flags, '--require', TRANSFORM],
    env: { ...process.env, ...variables },
    stdio: ['ignore', log, log, 'ipc'],
  });
}
