import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { type Lock, tryLock } from './lock';
import { buildApp } from './buildApp';
import { readArguments } from './readArguments';
import { type PortalSettings, readSettings } from './readSettings';
import { type OutsideWorld, startOutsideWorld } from './startOutsideWorld';

const root = resolve(__dirname, '../../..');

/**
 * - prebuilt: the frontend as it was built, served by the backend
 * - dev: both behind Backstage's dev server, which rebuilds what changes
 */
export type PortalMode = 'prebuilt' | 'dev';

/** The portal as one process tree, with the outside world of a first run. */
export async function startPortal(mode: PortalMode, args: readonly string[]) {
  const { world, configs } = readArguments(args, process.env.INIT_CWD ?? process.cwd());
  const own = mode === 'dev' ? ['app-config.yaml', 'app-config.dev.yaml'] : ['app-config.yaml'];
  const base = own.map(file => join(root, file));
  const settings = await readSettings([...base, ...configs]);
  const lock = await claim(settings);
  try {
    if (mode === 'prebuilt') await buildApp();
    if (settings.unset.length) console.error(unsetWarning(settings.unset));
    console.error(`waymark: starting the portal${WORLDS[world]}`);
    const outside = await startOutsideWorld(world);
    try {
      const files = [...base, ...outside.configs, ...configs];
      process.exitCode = await run(mode, files, outside, settings);
    } finally {
      await outside.stop();
    }
  } finally {
    lock.release();
  }
}

const WORLDS = {
  sandbox: ' and its sandbox (10 to 30 seconds)',
  real: ' and the real outside world (2 minutes, 20 when its parts are built first)',
  none: ' (about 10 seconds)',
};

const unsetWarning = (names: readonly string[]) =>
  `waymark: not set, so what they fill in is left out (unless a default stands beside them): ${names.join(', ')}`;

/** Two at once would fight for the port, which the backend takes only after a while. */
async function claim({ host, port, url }: PortalSettings): Promise<Lock> {
  const lock = tryLock(`portal-${port}`);
  if (lock.heldBy !== undefined) {
    throw new Error(
      `a portal is running or starting already (process ${lock.heldBy}): open ${url}, or stop it first`,
    );
  }
  if (await isFree(host, port)) return lock;
  lock.release();
  throw new Error(
    `port ${port} is taken: stop what listens there, or name another in a file given with --config\n` +
      `         (backend.listen.port, backend.baseUrl and app.baseUrl)`,
  );
}

async function run(
  mode: PortalMode,
  files: readonly string[],
  outside: OutsideWorld,
  settings: PortalSettings,
): Promise<number> {
  const { program, cwd } = PROGRAMS[mode];
  const portal = spawn(
    process.execPath,
    [...program, ...files.flatMap(file => ['--config', file])],
    {
      cwd: join(root, cwd),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        // Backstage goes by this one, in more places than by its own key.
        NODE_ENV: settings.environment === 'production' ? 'production' : 'development',
        // On a terminal the address must not scroll away; a log file gets everything.
        ...(process.stdout.isTTY && { LOG_LEVEL: 'warn' }),
        ...process.env,
        ...outside.variables,
      },
    },
  );
  const stop = (signal: NodeJS.Signals) => portal.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  announceWhenReady(portal.pid!, settings, outside.description);
  return new Promise(done => portal.once('exit', code => done(code ?? 0)));
}

const PROGRAMS = {
  prebuilt: {
    program: [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      'src/index.ts',
    ],
    cwd: 'packages/backend',
  },
  dev: {
    program: [join(root, 'node_modules/@backstage/cli/bin/backstage-cli'), 'repo', 'start'],
    cwd: '.',
  },
};

function isFree(host: string, port: number) {
  return new Promise<boolean>(done => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, host || undefined, () => server.close(() => done(true)));
  });
}

async function announceWhenReady(pid: number, { port, url }: PortalSettings, description: string) {
  const health = `http://127.0.0.1:${port}/.backstage/health/v1/readiness`;
  for (;;) {
    await new Promise(done => setTimeout(done, 250));
    if (!isAlive(pid)) return;
    const ready = await fetch(health).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!ready) continue;
    console.error(
      `\nwaymark: the portal is open at ${url}\n         ${description}\n         Ctrl-C stops it.\n`,
    );
    return;
  }
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
