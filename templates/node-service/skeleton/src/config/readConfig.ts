import {
  DEPENDENCIES,
  SECRETS,
  type DependencyDeclaration,
  type DependencyName,
  type SecretName,
} from '../requirements.ts';
import { EnvironmentReader } from './EnvironmentReader.ts';
import type { Secret } from './Secret.ts';

export interface Dependency extends DependencyDeclaration {
  readonly address: URL;
}

export interface Config {
  /** Every interface by default; IPv6-only clusters set `::`. */
  readonly host: string;
  readonly port: number;
  readonly managementPort: number;
  readonly logLevel: 'info' | 'trace' | 'debug' | 'warn' | 'error';
  /** Seconds of traffic after SIGTERM while load balancers look away. */
  readonly drainSeconds: number;
  readonly longestRequestSeconds: number;
  /** Requests at once, beyond which new ones are refused instead of slowing all. */
  readonly maxInFlight: number;
  readonly maxEventLoopLagMs: number;
  /** Requests per second and client; 0 is off. */
  readonly rateLimit: number;
  readonly dependencies: Readonly<Record<DependencyName, Dependency>>;
  readonly secrets: Readonly<Record<SecretName, Secret>>;
}

/** @throws InvalidEnvironment naming every variable that is missing or wrong */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const read = new EnvironmentReader(environment);
  const config: Config = {
    host: read.text('HOST', '0.0.0.0'),
    port: read.number('PORT', 8080, { min: 0, max: 65_535 }),
    managementPort: read.number('MANAGEMENT_PORT', 9090, { min: 0, max: 65_535 }),
    logLevel: read.oneOf('LOG_LEVEL', ['info', 'trace', 'debug', 'warn', 'error']),
    drainSeconds: read.number('SHUTDOWN_DRAIN_SECONDS', 5, { min: 0, max: 60 }),
    longestRequestSeconds: read.number('SHUTDOWN_LONGEST_REQUEST_SECONDS', 30, {
      min: 1,
      max: 300,
    }),
    maxInFlight: read.number('MAX_IN_FLIGHT', 2000, { min: 1, max: 100_000 }),
    maxEventLoopLagMs: read.number('MAX_EVENT_LOOP_LAG_MS', 1000, { min: 10, max: 60_000 }),
    rateLimit: read.number('RATE_LIMIT_PER_SECOND', 0, { min: 0, max: 1_000_000 }),
    dependencies: byName(DEPENDENCIES, declaration => ({
      ...declaration,
      address: read.address(declaration.variable),
    })),
    secrets: Object.fromEntries(SECRETS.map(name => [name, read.secret(name)])) as Record<
      SecretName,
      Secret
    >,
  };
  read.assertValid();
  return config;
}

const byName = <T>(
  declarations: readonly DependencyDeclaration[],
  of: (declaration: DependencyDeclaration) => T,
) =>
  Object.fromEntries(
    declarations.map(declaration => [declaration.name, of(declaration)]),
  ) as Record<DependencyName, T>;
