import { readConfig, type Config } from '../src/config/readConfig.ts';
import { DEPENDENCIES, SECRETS } from '../src/requirements.ts';

/** Variables with which the service starts anywhere: free ports on loopback, dependencies that nobody serves. */
export const ANY_ENVIRONMENT: NodeJS.ProcessEnv = {
  HOST: '127.0.0.1',
  PORT: '0',
  MANAGEMENT_PORT: '0',
  LOG_LEVEL: 'error',
  SHUTDOWN_DRAIN_SECONDS: '0.2',
  ...Object.fromEntries(
    DEPENDENCIES.map(({ variable }: { variable: string }) => [variable, 'tcp://127.0.0.1:1']),
  ),
  ...Object.fromEntries(SECRETS.map(name => [name, 'hush'])),
};

export const anyConfig = (overrides: Partial<Config> = {}): Config => ({
  ...readConfig(ANY_ENVIRONMENT),
  ...overrides,
});
