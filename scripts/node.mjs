import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './lock.mjs';
import { runChild } from './runChild.mjs';
import { SetupError, cache, say } from './workplace.mjs';

const PINNED = '24.18.1';

/**
 * better-sqlite3 built against the headers of Node 24.20 or newer aborts when the garbage collector runs (its ObjectWrap
 * registers an environment clean-up hook there), so a newer 24 on PATH is not taken.
 */
const fits = version => {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version) ?? [];
  return Number(major) === 24 && Number(minor) < 20;
};

/** The Node to run with: this one if it fits, else the one fetched before, else the npm package that carries it. */
export async function ensureNode() {
  if (fits(process.version)) return process.execPath;
  const home = join(cache, `node-${PINNED}`);
  const node = join(home, 'bin', 'node');
  if (!runs(node)) await exclusively('node', lock => runs(node) || fetchNode(home, lock));
  return node;
}

/** Asked instead of looked for: a disk that was full leaves half a program behind. */
function runs(node) {
  try {
    return fits(execFileSync(node, ['--version'], { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return false;
  }
}

async function fetchNode(home, lock) {
  say(
    `Node ${process.version} is not the one Waymark runs on; fetching ${PINNED} once (50 MB, up to a minute)`,
  );
  // What runs that were killed have left; nobody else is here now.
  for (const name of readdirSync(cache).filter(entry => entry.startsWith('fetching-node-'))) {
    rmSync(join(cache, name), { recursive: true, force: true });
  }
  const scratch = mkdtempSync(join(cache, 'fetching-node-'));
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    await runChild(lock, 'npm', ['install', ...QUIETLY, '--prefix', scratch, `${name}@${PINNED}`]);
    const fetched = join(scratch, 'node_modules', name);
    if (!runs(join(fetched, 'bin', 'node')))
      throw new Error('the package holds no program that runs here');
    rmSync(home, { recursive: true, force: true });
    renameSync(fetched, home);
  } catch (error) {
    throw new SetupError(
      `could not fetch Node ${PINNED}: ${reasonOf(error)}`,
      `Check the network and npm's registry and run the command again, or put a Node 24 below 24.20 first on PATH.`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** npm's own waits between its retries add up to more than a minute of silence. */
const QUIETLY = [
  '--no-save',
  '--no-audit',
  '--no-fund',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];

/** npm ends with where its log lies; what went wrong stands above. */
function reasonOf({ message }) {
  const lines = message
    .split('\n')
    .flatMap(
      line =>
        /^npm (?:error|ERR!) (?!code |errno |syscall |A complete log)(\S.*)/.exec(line)?.[1] ?? [],
    );
  return lines[0] ?? message.split('\n').pop();
}
