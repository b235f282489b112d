import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Tools that are fetched once for all checkouts of this user. */
export const cache =
  process.env.WAYMARK_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'waymark');

/** Something that a person has to know: what went wrong and what to do about it. */
export class SetupError extends Error {
  constructor(message, nextStep) {
    super(message);
    this.nextStep = nextStep;
  }
}

export const say = line => console.error(`waymark: ${line}`);

/** Runs `work` while no other process does. A lock whose owner has died is taken over. */
export async function exclusively(name, work) {
  const lock = join(cache, `${name}.lock`);
  mkdirSync(cache, { recursive: true });
  for (let waited = 0; !acquire(lock); waited += 1) {
    if (waited === 1) say(`waiting for another run that is at "${name}" already`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function acquire(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isAbandoned(lock) {
  const pidFile = join(lock, 'pid');
  try {
    // Between making the folder and writing the file lie microseconds; a minute means the owner died there.
    if (!existsSync(pidFile)) return Date.now() - statSync(lock).mtimeMs > 60_000;
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
