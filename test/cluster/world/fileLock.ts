import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs `work` while holding a lock that other processes respect. The kernel holds it for a child
 * that ends with this process, so a killed build leaves no lock behind.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const holder = spawn('flock', ['--exclusive', file, 'sh', '-c', 'echo locked; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(holder, 'exit');
  const locked = await Promise.race([
    once(holder.stdout, 'data').then(() => true),
    exited.then(() => false),
  ]);
  if (!locked) {
    throw new Error(`Cannot lock ${file}: flock exited with code ${holder.exitCode}`);
  }
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await exited;
  }
}
