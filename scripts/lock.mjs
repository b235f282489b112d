import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, cache, say } from './workplace.mjs';

const POLL_MS = 250;

/**
 * Runs `work` while no other process does. `work` gets the lock: a child that would go on working after this process was
 * killed has to share it, so that the next run waits for the child too.
 */
export async function exclusively(name, work) {
  for (let told = false; ;) {
    const lock = tryLock(name);
    if (!lock.heldBy) {
      try {
        return await work(lock);
      } finally {
        lock.release();
      }
    }
    if (!told) say(`waiting for another run that is at "${name}" already (process ${lock.heldBy})`);
    told = true;
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Takes the lock, or says which process holds it. A file with the processes that hold it: made whole by a link, so that
 * it is never seen half-written, and left behind by a killed owner, whose death the next one notices.
 */
export function tryLock(name) {
  const file = join(cache, `${name}.lock`);
  const draft = `${file}.${process.pid}`;
  const holders = [holder(process.pid)];
  const write = path => writeFileSync(path, holders.join('\n'));
  writable(() => {
    mkdirSync(cache, { recursive: true });
    write(draft);
  });
  try {
    for (;;) {
      if (linked(draft, file)) {
        return {
          share(pid) {
            holders.push(holder(pid));
            write(draft);
            renameSync(draft, file);
          },
          release: () => rmSync(file, { force: true }),
        };
      }
      const [alive] = holdersOf(file).filter(isAlive);
      if (alive) return { heldBy: Number(alive.split(' ')[0]) };
      remove(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function linked(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Of two that found the owner dead, one renames; what it took away is looked at again, for the other may have been faster. */
function remove(file) {
  const aside = `${file}.abandoned.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (holdersOf(aside).some(isAlive)) linked(aside, file);
  rmSync(aside, { recursive: true, force: true });
}

function holdersOf(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** A process id is given out again, its birth is not: a lock must not be held by a stranger after a reboot. */
const holder = pid => `${pid} ${bornAt(pid)}`;

function isAlive(line) {
  const [pid, ...born] = line.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return born.length > 0 && bornAt(pid) === born.join(' ');
}

/**
 * Fields 3 and 22 of /proc/<pid>/stat on Linux, counted behind the name, which may hold spaces; else what ps says. An ended
 * process that nobody waits for, as an orphan in a container without init, is none.
 */
function bornAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? '' : fields[18];
  } catch {
    try {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim();
    } catch {
      return '';
    }
  }
}

function writable(work) {
  try {
    work();
  } catch (error) {
    throw new SetupError(
      `cannot write to ${cache}: ${error.message}`,
      'Name a folder that you may write to with WAYMARK_CACHE=… and run the command again.',
    );
  }
}
