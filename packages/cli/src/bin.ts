import { createProgram } from './createProgram';
import { systemStreams } from './systemStreams';

createProgram(systemStreams)
  .parseAsync(process.argv)
  .catch(error => {
    systemStreams.error(`waymark: ${(error as Error).message}`);
    process.exitCode = systemStreams.exitCodeOf(error);
  });
