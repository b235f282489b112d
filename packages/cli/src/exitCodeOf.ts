import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exitCodes';

/** Of what a command line was left by: help and version that were asked for are no error, everything else kept it from judging. */
export const exitCodeOf = (error: unknown): ExitCode =>
  error instanceof CommanderError && error.exitCode === 0 ? EXIT.ok : EXIT.usage;
