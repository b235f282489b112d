import type { Container } from '@waymark/kube-graph';

export interface RemoteCall {
  readonly program: string;
  /** As far as the command names it. */
  readonly host?: string;
}

interface Client {
  readonly programs: readonly string[];
  /** Words in an image's name that make the container itself the server. */
  readonly images: readonly string[];
  readonly port: number;
}

const DATABASES: readonly Client[] = [
  {
    programs: ['psql', 'pg_isready'],
    images: ['postgres', 'postgresql', 'postgis', 'timescaledb', 'pgvector'],
    port: 5432,
  },
  {
    programs: ['mysql', 'mysqladmin', 'mariadb', 'mariadb-admin'],
    images: ['mysql', 'mariadb', 'percona'],
    port: 3306,
  },
  { programs: ['redis-cli', 'valkey-cli'], images: ['redis', 'valkey', 'keydb'], port: 6379 },
  { programs: ['mongo', 'mongosh'], images: ['mongo', 'mongodb'], port: 27017 },
];

const HTTP_CLIENTS = ['curl', 'wget'];

/**
 * The first call to another host in a probe's command. A database client that names no host asks its own container where
 * that is the database, and the host in its environment where it is not. An address made of variables is taken for the
 * pod's own by HTTP clients, as in `curl http://$POD_IP:8080/livez`.
 */
export function remoteCallOf(
  command: readonly string[],
  container: Container,
): RemoteCall | undefined {
  for (const words of commandsIn(command)) {
    const call = databaseCall(words, container) ?? httpCall(words);
    if (call) return call;
  }
  return undefined;
}

/** The simple commands of a shell script, each as its words. Substitutions count as one variable. */
function commandsIn(command: readonly string[]): string[][] {
  return command
    .join(' ')
    .replace(/\$\([^)]*\)|`[^`]*`/g, '$SUBSTITUTED')
    .split(/[;&|\n]+/)
    .map(part =>
      part
        .replace(/["'()]/g, ' ')
        .split(/\s+/)
        .filter(Boolean),
    );
}

const argumentsOf = (words: readonly string[], programs: readonly string[]) => {
  const index = words.findIndex(word => programs.includes(word.replace(/^.*\//, '')));
  return index < 0
    ? undefined
    : { program: words[index].replace(/^.*\//, ''), args: words.slice(index + 1) };
};

function databaseCall(words: readonly string[], container: Container): RemoteCall | undefined {
  for (const client of DATABASES) {
    const call = argumentsOf(words, client.programs);
    if (!call) continue;
    const host = hostOption(call.args) ?? call.args.map(urlHost).find(Boolean);
    if (host) return isOwn(host) ? undefined : { program: call.program, host };
    return isServer(container, client) ? undefined : { program: call.program };
  }
  return undefined;
}

function httpCall(words: readonly string[]): RemoteCall | undefined {
  const call = argumentsOf(words, HTTP_CLIENTS);
  const host = call?.args.map(arg => urlHost(arg) ?? plainHost(arg)).find(Boolean);
  return call && host && !isOwn(host) && !host.includes('$')
    ? { program: call.program, host }
    : undefined;
}

/** `-h db`, `-hdb`, `--host db`, `--host=db`, `host=db`. */
function hostOption(args: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    if (arg === '-h' || arg === '--host') return args[index + 1];
    const [, attached] = /^(?:-h|--host=|host=)(.+)$/.exec(arg) ?? [];
    if (attached) return attached;
  }
  return undefined;
}

const urlHost = (arg: string): string | undefined =>
  /^[a-z][a-z+]*:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:?#]+)/i.exec(arg)?.[1];

/** `cart:8080/health`, as curl takes it without a scheme. */
const plainHost = (arg: string): string | undefined =>
  /^([a-z][-a-z0-9.]*):\d+(?:\/|$)/i.exec(arg)?.[1];

const isOwn = (host: string): boolean =>
  /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0)$/i.test(host) ||
  /^\$\{?(?:POD_IP|POD_NAME|HOSTNAME|HOST_IP|SUBSTITUTED)\b/.test(host);

function isServer({ image = '', ports = [] }: Container, { images, port }: Client): boolean {
  const words = image.toLowerCase().split(/[^a-z]+/);
  return (
    images.some(name => words.includes(name)) ||
    ports.some(({ containerPort }) => containerPort === port)
  );
}
