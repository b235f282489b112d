import { CommanderError } from 'commander';
import { createProgram } from './createProgram';
import { exitCodeOf } from './exitCodeOf';
import { systemStreams } from './systemStreams';

createProgram(systemStreams)
  .parseAsync(process.argv)
  .catch(error => {
    // Commander has printed its own errors, and the help that was asked for.
    if (!(error instanceof CommanderError))
      systemStreams.error(`waymark: ${(error as Error).message}`);
    systemStreams.exit(exitCodeOf(error));
  });
