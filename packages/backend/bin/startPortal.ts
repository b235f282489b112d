import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { buildApp } from './buildApp';
import { readArguments } from './readArguments';
import { startOutsideWorld } from './startOutsideWorld';

const root = resolve(__dirname, '../../..');
const PORT = 7007;

/** The portal as one process tree: the prebuilt frontend served by the backend, and the outside world of a first run. */
export async function startPortal(args: readonly string[]) {
  const { world, configs } = readArguments(args, process.env.INIT_CWD ?? process.cwd());
  if (!(await isFree(PORT))) {
    throw new Error(
      `port ${PORT} is taken: stop what listens there (another portal?) and start again`,
    );
  }
  buildApp();
  const outside = await startOutsideWorld(world);
  const files = [join(root, 'app-config.yaml'), ...outside.configs, ...configs];
  const backend = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      'src/index.ts',
      ...files.flatMap(file => ['--config', file]),
    ],
    {
      cwd: join(root, 'packages/backend'),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { NODE_ENV: 'development', ...process.env, ...outside.variables },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => backend.kill(signal));
  announceWhenReady(backend.pid!, outside.description);
  const code = await new Promise<number>(done => backend.on('exit', exit => done(exit ?? 0)));
  await outside.stop();
  process.exitCode = code;
}

function isFree(port: number) {
  return new Promise<boolean>(done => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

async function announceWhenReady(pid: number, description: string) {
  const url = `http://127.0.0.1:${PORT}`;
  for (;;) {
    await new Promise(done => setTimeout(done, 250));
    if (!isAlive(pid)) return;
    const ready = await fetch(`${url}/.backstage/health/v1/readiness`).then(
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
