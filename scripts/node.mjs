import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, cache, exclusively, say } from './workplace.mjs';

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
  if (existsSync(node)) return node;
  await exclusively('node', () => existsSync(node) || fetchNode(home));
  return node;
}

function fetchNode(home) {
  say(`Node ${process.version} is not the one Waymark runs on; fetching ${PINNED} once (50 MB, up to a minute)`);
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'fetching-'));
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', scratch, `${name}@${PINNED}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    renameSync(join(scratch, 'node_modules', name), home);
  } catch (error) {
    throw new SetupError(
      `could not fetch Node ${PINNED}: ${String(error.stderr ?? error.message).trim().split('\n').pop()}`,
      `Install Node ${PINNED} yourself (any 24 below 24.20 will do), put it first on PATH and run the command again.`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
