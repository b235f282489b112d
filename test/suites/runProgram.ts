import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

export const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
const transform = join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs');

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a program of this Node to its end, shows what it prints and keeps it. */
export function runProgram(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise(done => {
    const child = spawn(process.execPath, [...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...variables },
    });
    const parts: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', part => {
        parts.push(part);
        process.stdout.write(part);
      });
    }
    child.on('exit', code =>
      done({ code: code ?? 1, output: Buffer.concat(parts).toString('utf8') }),
    );
  });
}

/** Runs one of our TypeScript programs. */
export const runTypeScript = (program: string, args: readonly string[] = []) =>
  runProgram(['--require', transform, join(root, program), ...args]);
