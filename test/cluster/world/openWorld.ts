import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './isRunning';
import { waitUntil } from './waitUntil';

/** Builds and logins are behind it; a first build of all parts takes 20 minutes on two cores. */
const startMinutes = 60;

export interface OpenWorld {
  /** One line for the person at the terminal. */
  readonly description: string;
  /** Overlays that point the portal at it. */
  readonly configs: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts `npm run world` as a child, for a program that stays outside of its namespace. Its folder is one of its own,
 * unless WAYMARK_WORLD_DIR names one, which then stays.
 */
export async function openWorld(): Promise<OpenWorld> {
  const named = process.env.WAYMARK_WORLD_DIR;
  const dir = named ?? mkdtempSync(join(tmpdir(), 'world-'));
  const started = Date.now();
  // It ends with us, however we end.
  const child = spawn(
    'setpriv',
    [
      ...['--pdeathsig', 'TERM', '--', process.execPath],
      ...['--require', require.resolve('@backstage/cli-node/config/nodeTransform.cjs')],
      ...[join(__dirname, 'keep.ts'), '--dir', dir],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const handle = join(dir, 'world.json');
  // One that is older was left by a world that was killed.
  const isUp = () => existsSync(handle) && statSync(handle).mtimeMs >= started;
  await waitUntil(isUp, {
    what: 'the outside world is up',
    timeoutSeconds: startMinutes * 60,
    check: () => {
      if (!isRunning(child)) throw new Error('the outside world did not start: see above');
    },
  });
  const { config } = JSON.parse(readFileSync(handle, 'utf8')) as { config: string };
  return {
    description: `The real outside world is in ${dir}: its kubeconfig, logs and credentials`,
    configs: [config],
    variables: {},
    stop: async () => {
      if (isRunning(child)) {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
      }
      if (!named) rmSync(dir, { recursive: true, force: true });
    },
  };
}
