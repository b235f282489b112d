import { spawn } from 'node:child_process';
import { devNull } from 'node:os';

/** Git of this process never reads anyone's configuration, asks nothing and speaks English. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: devNull,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_TERMINAL_PROMPT: '0',
};

export class GitError extends Error {
  constructor(
    args: readonly string[],
    readonly stderr: string,
    cause?: unknown,
  ) {
    super(`git ${args[0]} failed: ${stderr.trim() || String(cause)}`, { cause });
    this.name = 'GitError';
  }
}

export interface GitCall {
  /** The repository's folder, bare or not. */
  directory: string;
  args: readonly string[];
  input?: string | Buffer;
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** Runs one Git command to its end and returns what it printed. Throws `GitError` with Git's own words. */
export async function runGit(call: GitCall): Promise<Buffer> {
  const { directory, args, input, environment, signal } = call;
  const child = spawn('git', args, {
    cwd: directory,
    env: { ...gitEnvironment, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    signal,
  });
  const output: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  // Git may end before it has read everything; its exit code says why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    const stderr = () => Buffer.concat(complaints).toString();
    child.once('error', cause => reject(new GitError(args, stderr(), cause)));
    child.once('close', code =>
      code === 0 ? resolve(Buffer.concat(output)) : reject(new GitError(args, stderr())),
    );
  });
}
