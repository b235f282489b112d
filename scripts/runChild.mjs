import { spawn } from 'node:child_process';

/**
 * Runs a program to its end, with nothing to answer on its input, and resolves to what it printed. The lock is shared with it:
 * were this process killed, the program would go on for a while.
 */
export function runChild(lock, program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', part => printed.push(part));
    if (child.pid) lock.share(child.pid);
    const stops = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(signal => {
      const stop = () => {
        child.kill(signal);
        // Now without this handler: the default ends us.
        process.kill(process.pid, signal);
      };
      process.once(signal, stop);
      return () => process.off(signal, stop);
    });
    child.once('error', error =>
      reject(error.code === 'ENOENT' ? new Error(`${program} is not on PATH`) : error),
    );
    child.once('close', (code, signal) => {
      stops.forEach(stop => stop());
      const output = Buffer.concat(printed).toString('utf8').trim();
      if (code === 0) resolve(output);
      else reject(new Error(output || `${program} ended with ${signal ?? `code ${code}`}`));
    });
  });
}
