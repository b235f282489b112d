import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The commit that a folder of a Git checkout stands at, or undefined outside of one. */
export async function commitOf(folder: string): Promise<string | undefined> {
  const { stdout } = await run('git', ['-C', folder, 'rev-parse', 'HEAD']).catch(() => ({
    stdout: '',
  }));
  return stdout.trim() || undefined;
}
