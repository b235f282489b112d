import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Child } from '../../suites/Child';
import { root } from '../../suites/runProgram';
import { portalOverlay } from './portalOverlay';

/** A first start builds the frontend. */
const READY_MS = 180_000;
/** A real outside world is taken down part by part. */
const GRACE_MS = 60_000;

export interface PortalOptions {
  /** Of `npm start`. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** For its log and its configuration. */
  readonly folder: string;
}

/** The portal as `npm start` brings it up, in a process and on a port of its own. */
export class Portal {
  readonly url: string;
  readonly #child: Child;

  private constructor(url: string, child: Child) {
    this.url = url;
    this.#child = child;
  }

  static async start({ args, variables, folder }: PortalOptions): Promise<Portal> {
    const { url, file } = await portalOverlay(folder);
    const child = spawn(
      process.execPath,
      [
        '--require',
        join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
        join(root, 'packages/backend/bin/start.ts'),
        ...['--config', file, ...args],
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...variables } },
    );
    const logFile = join(folder, 'portal.log');
    const log = createWriteStream(logFile);
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    const portal = new Portal(url, new Child(child, { logFile, graceMs: GRACE_MS }));
    try {
      await portal.#child.until('the portal is ready', () => portal.#isReady(), {
        withinMs: READY_MS,
      });
    } catch (error) {
      await portal.stop();
      throw error;
    }
    return portal;
  }

  async #isReady(): Promise<boolean> {
    const signal = AbortSignal.timeout(5_000);
    return fetch(`${this.url}/.backstage/health/v1/readiness`, { signal }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  stop = () => this.#child.stop();
}
