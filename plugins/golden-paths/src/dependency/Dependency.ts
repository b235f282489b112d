/**
 * One answer to "What it calls", in the shape of `dependencies` in templates/_parameters/service.yaml. The chart makes the
 * network policy, the variable and the catalog relation of it.
 */
export type Dependency = {
  /** Of its Kubernetes Service where it has no host; the variable with its address is named after it. */
  name: string;
  /** The entity that it is in the catalog; missing where it was typed. Only an entity becomes a relation. */
  entityRef?: string;
  /** Missing as long as nobody could tell; the form asks then. */
  type?: DependencyKind;
  /** Of an address outside of the cluster. */
  host?: string;
  /** Missing: the namespace of the service that is created. */
  namespace?: string;
  port?: number;
  /** Whether it is spoken to by TLS, where its kind has both. Missing: as its port tells. */
  tls?: boolean;
  /** Whether the service is unready without it. */
  required?: boolean;
};

export type DependencyKind = keyof typeof DEPENDENCY_KINDS;

interface Kind {
  /** The usual one. */
  readonly port: number;
  /** The usual one with TLS, where its address says which of both it speaks. The others say it in their own protocol. */
  readonly tlsPort?: number;
  /** What a catalog or a URL calls it. */
  readonly words: readonly string[];
  readonly datastore: boolean;
}

/**
 * What a dependency can be. Usual ports are, of a service, what the chart's Service has; of the others, what they are
 * registered with (IANA) or documented to listen on.
 */
export const DEPENDENCY_KINDS = {
  service: { port: 8080, words: ['service', 'http', 'grpc'], datastore: false },
  https: { port: 443, words: ['https'], datastore: false },
  postgresql: { port: 5432, words: ['postgresql', 'postgres', 'pgsql'], datastore: true },
  mysql: { port: 3306, words: ['mysql', 'mariadb'], datastore: true },
  redis: {
    port: 6379,
    tlsPort: 6379,
    words: ['redis', 'rediss', 'valkey', 'elasticache'],
    datastore: true,
  },
  mongodb: { port: 27017, words: ['mongodb', 'mongo', 'documentdb'], datastore: true },
  rabbitmq: { port: 5672, tlsPort: 5671, words: ['rabbitmq', 'amqp', 'amqps'], datastore: true },
  kafka: { port: 9092, words: ['kafka', 'msk'], datastore: true },
} as const satisfies Record<string, Kind>;

const KINDS = Object.keys(DEPENDENCY_KINDS) as DependencyKind[];

/** The kind that one of the words names. */
export function kindByWord(words: readonly string[]): DependencyKind | undefined {
  return KINDS.find(kind => DEPENDENCY_KINDS[kind].words.some(word => words.includes(word)));
}

/** The kind that usually listens on a port. */
export function kindByPort(port: number | undefined): DependencyKind | undefined {
  return KINDS.find(kind => {
    const usual: Kind = DEPENDENCY_KINDS[kind];
    return usual.port === port || (port !== undefined && usual.tlsPort === port);
  });
}

/** Whether its address says if it is spoken to by TLS. */
export const hasTls = ({ type }: Dependency): boolean =>
  type !== undefined && 'tlsPort' in DEPENDENCY_KINDS[type];

/** Everything that the kind decides, unless it is known better. What is shown is then also what is answered. */
export function withUsual(dependency: Dependency): Dependency {
  const { type } = dependency;
  if (!type) return dependency;
  const kind: Kind = DEPENDENCY_KINDS[type];
  // The port of amqps is nothing but TLS; that of rediss tells nothing.
  const portIsTls = kind.tlsPort !== kind.port && kind.tlsPort === dependency.port;
  const tls = dependency.tls ?? (portIsTls && hasTls(dependency) ? true : undefined);
  return {
    // A service is not waited for: its outage must not spread.
    required: kind.datastore,
    ...dependency,
    ...(tls !== undefined && { tls }),
    port: dependency.port ?? usualPort(kind, tls),
  };
}

/** The same dependency as another kind: what was usual for the old one becomes what is usual for the new one. */
export function withKind(dependency: Dependency, type: DependencyKind): Dependency {
  const { port, required, tls, ...rest } = dependency;
  const old: Kind | undefined = dependency.type && DEPENDENCY_KINDS[dependency.type];
  return withUsual({
    ...rest,
    type,
    ...(hasTls({ ...rest, type }) && tls !== undefined && { tls }),
    ...(!(old && port === usualPort(old, tls)) && { port }),
    ...(required !== old?.datastore && { required }),
  });
}

/** The same dependency with or without TLS, on the other usual port where it was on a usual one. */
export function withTls(dependency: Dependency, tls: boolean): Dependency {
  const { port, ...rest } = dependency;
  const kind: Kind | undefined = dependency.type && DEPENDENCY_KINDS[dependency.type];
  const isUsual = kind && (port === kind.port || port === kind.tlsPort);
  return withUsual({ ...rest, ...(!isUsual && { port }), tls });
}

const usualPort = ({ port, tlsPort }: Kind, tls?: boolean) => (tls && tlsPort) || port;

/** Whether the form still has to ask: nobody knows what it is, or where. */
export function isIncomplete({ type, host }: Dependency): boolean {
  return !type || (type === 'https' && !host);
}
