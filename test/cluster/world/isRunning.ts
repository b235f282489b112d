import type { ChildProcess } from 'node:child_process';

/** Whether a child has not ended yet, by an exit code or by a signal: Node keeps them apart. */
export const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;
