import { InvalidEnvironment } from './config/EnvironmentReader.ts';
import { readConfig } from './config/readConfig.ts';
import { createLogger } from './observe/logger.ts';
import { routes } from './routes/index.ts';
import { startService } from './startService.ts';

const log = createLogger(process.env['LOG_LEVEL'] ?? 'info');

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, error => {
    log.fatal({ err: error }, event);
    process.exit(1);
  });
}

try {
  const service = await startService(readConfig(process.env), log, routes);
  log.info({ port: service.port, managementPort: service.managementPort }, 'serving');

  const stop = async (signal: NodeJS.Signals) => {
    log.info({ signal }, 'draining');
    const outcome = await service.stop();
    log.info({ outcome }, 'stopped');
    process.exitCode = outcome === 'finished' ? 0 : 1;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
} catch (error) {
  // The last lines become the pod's termination message: the problems, not a stack trace.
  log.fatal(
    error instanceof InvalidEnvironment ? { problems: error.problems } : { err: error },
    'cannot start',
  );
  process.exitCode = 1;
}
