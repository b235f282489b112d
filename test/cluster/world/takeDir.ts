import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const owner = '.waymark-world';

/**
 * Empties a folder for a new world. Refuses one in which a world is running, and one that holds
 * anything else than what a world left.
 */
export function takeDir(path: string): string {
  const dir = resolve(path);
  const marker = join(dir, owner);
  if (existsSync(marker)) {
    const pid = Number(readFileSync(marker, 'utf8'));
    if (isRunning(pid)) {
      throw new Error(
        `A world is running in ${dir} (process ${pid}): stop it or choose another folder`,
      );
    }
  } else if (existsSync(dir) && readdirSync(dir).length > 0) {
    throw new Error(`${dir} holds other files than a world's: choose an empty folder`);
  }
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(marker, String(process.pid));
  return dir;
}

function isRunning(pid: number): boolean {
  return pid !== process.pid && existsSync(`/proc/${pid}`);
}
