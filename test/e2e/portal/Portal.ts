import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../suites/runProgram';

export const PORTAL_URL = 'http://127.0.0.1:7007';

/** The portal as `npm start` brings it up, in a process of its own. */
export class Portal {
  readonly #process: ChildProcess;
  readonly #logFile: string;

  private constructor(process: ChildProcess, logFile: string) {
    this.#process = process;
    this.#logFile = logFile;
  }

  static async start({
    args,
    variables,
    logFile,
  }: {
    /** Of `npm start`. */
    readonly args: readonly string[];
    readonly variables: Readonly<Record<string, string>>;
    readonly logFile: string;
  }): Promise<Portal> {
    const child = spawn(
      process.execPath,
      [
        '--require',
        join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
        join(root, 'packages/backend/bin/start.ts'),
        ...args,
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...variables } },
    );
    const log = createWriteStream(logFile);
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    const portal = new Portal(child, logFile);
    await portal.#ready();
    return portal;
  }

  async #ready() {
    // A first start builds the frontend.
    for (const deadline = Date.now() + 180_000; Date.now() < deadline; await sleep(500)) {
      if (this.#process.exitCode !== null)
        throw new Error(`the portal ended before it was ready: see ${this.#logFile}`);
      const ready = await fetch(`${PORTAL_URL}/.backstage/health/v1/readiness`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return;
    }
    throw new Error(`the portal did not become ready within 3 minutes: see ${this.#logFile}`);
  }

  async stop() {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise(done => this.#process.once('exit', done));
    this.#process.kill('SIGTERM');
    await ended;
  }
}
