import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { buildApp } from './buildApp';
import { readArguments } from './readArguments';
import { startOutsideWorld } from './startOutsideWorld';

const root = resolve(__dirname, '../../..');
const PORT = 7007;

/**
 * - prebuilt: the frontend as it was built, served by the backend
 * - dev: both behind Backstage's dev server, which rebuilds what changes
 */
export type PortalMode = 'prebuilt' | 'dev';

/** The portal as one process tree, with the outside world of a first run. */
export async function startPortal(mode: PortalMode, args: readonly string[]) {
  const { world, configs } = readArguments(args, process.env.INIT_CWD ?? process.cwd());
  if (!(await isFree(PORT))) {
    throw new Error(
      `port ${PORT} is taken: stop what listens there (another portal?) and start again`,
    );
  }
  if (mode === 'prebuilt') buildApp();
  const outside = await startOutsideWorld(world);
  const own = mode === 'dev' ? ['app-config.yaml', 'app-config.dev.yaml'] : ['app-config.yaml'];
  const files = [...own.map(file => join(root, file)), ...outside.configs, ...configs];
  const { program, cwd } = PROGRAMS[mode];
  const portal = spawn(
    process.execPath,
    [...program, ...files.flatMap(file => ['--config', file])],
    {
      cwd: join(root, cwd),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { NODE_ENV: 'development', ...process.env, ...outside.variables },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => portal.kill(signal));
  announceWhenReady(portal.pid!, PROGRAMS[mode].url, outside.description);
  const code = await new Promise<number>(done => portal.on('exit', exit => done(exit ?? 0)));
  await outside.stop();
  process.exitCode = code;
}

const PROGRAMS = {
  prebuilt: {
    program: [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      'src/index.ts',
    ],
    cwd: 'packages/backend',
    url: `http://127.0.0.1:${PORT}`,
  },
  dev: {
    program: [join(root, 'node_modules/@backstage/cli/bin/backstage-cli'), 'repo', 'start'],
    cwd: '.',
    url: 'http://127.0.0.1:3000',
  },
};

function isFree(port: number) {
  return new Promise<boolean>(done => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

async function announceWhenReady(pid: number, url: string, description: string) {
  const health = `http://127.0.0.1:${PORT}/.backstage/health/v1/readiness`;
  for (;;) {
    await new Promise(done => setTimeout(done, 250));
    if (!isAlive(pid)) return;
    const ready = await fetch(health).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!ready) continue;
    console.error(`\nwaymark: the portal is open at ${url}\n         ${description}\n`);
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
