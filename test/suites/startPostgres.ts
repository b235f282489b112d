import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, chownSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Child } from './Child';
import { freePort } from './freePort';

export interface Postgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL on loopback for the time of the tests, in a folder of its own; undefined where none is installed. */
export async function startPostgres(folder: string): Promise<Postgres | undefined> {
  const bin = installedIn();
  if (!bin) return undefined;
  const account = unprivileged();
  mkdirSync(folder, { recursive: true });
  // The parent was made for us alone, and initdb refuses to run as root.
  if (account)
    for (const path of [dirname(folder), folder]) chownSync(path, account.uid, account.gid);
  const port = await freePort();
  const data = join(folder, 'data');
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'],
    {
      ...account,
      encoding: 'utf8',
    },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const server = new Child(
    spawn(
      join(bin, 'postgres'),
      ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-F'],
      { ...account, stdio: 'ignore' },
    ),
  );
  // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
  const stop = () => server.stop('SIGINT');
  const isReady = async () =>
    spawnSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status === 0;
  try {
    await server.until('PostgreSQL is ready', isReady, { withinMs: READY_MS });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, stop };
}

const READY_MS = 20_000;

/** The folder that holds the whole of PostgreSQL: Debian keeps it off the PATH. */
function installedIn(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  const folders = [
    ...versions.map(version => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  return folders.find(folder => PROGRAMS.every(program => existsSync(join(folder, program))));
}

const PROGRAMS = ['initdb', 'postgres', 'pg_isready'];

function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { stdout } = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  const { stdout: group } = spawnSync('id', ['-g', 'postgres'], { encoding: 'utf8' });
  return { uid: Number(stdout), gid: Number(group) };
}
