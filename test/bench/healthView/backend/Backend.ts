import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf } from '../answerOf';
import { forkProgram } from '../forkProgram';
import type { Scenario } from '../scenarios';
import type { Side, ViewRequest } from '../sides/Side';
import { type Answer, ask } from './ask';
import { configOf } from './configOf';
import { freePort } from './freePort';
import { NAME_HEADER, SIGN_IN_PATH } from './signInByName';

const READY_MS = 90_000;

export interface BackendOptions {
  readonly scenario: Scenario;
  readonly pluginId: Side['pluginId'];
  readonly clusterUrls: readonly string[];
  /** For configuration and log. */
  readonly folder: string;
}

/** A Backstage backend with one of the two plugins, in a process of its own. */
export class Backend {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #logFile: string;

  private constructor(url: string, process: ChildProcess, logFile: string) {
    this.url = url;
    this.#process = process;
    this.#logFile = logFile;
  }

  static async start(options: BackendOptions): Promise<Backend> {
    const { scenario, pluginId, folder } = options;
    const url = `http://127.0.0.1:${await freePort()}`;
    const config = join(folder, `${pluginId}.json`);
    writeFileSync(config, JSON.stringify(configOf({ ...options, url })));
    const logFile = join(folder, `${pluginId}.log`);
    const child = forkProgram(join(__dirname, 'serve.ts'), {
      args: [scenario.name, pluginId, '--config', config],
      variables: { NODE_ENV: 'production' },
      flags: profilerFlags(process.env.BENCH_PROFILES),
      logFile,
    });
    const backend = new Backend(url, child, logFile);
    await backend.until('the backend is ready', async () => {
      const answer = await fetch(`${url}/.backstage/health/v1/readiness`).catch(() => undefined);
      return answer?.ok ?? false;
    });
    return backend;
  }

  async signIn(name: string): Promise<string> {
    const path = SIGN_IN_PATH;
    const { status, body } = await ask(this.url, { method: 'GET', path }, { [NAME_HEADER]: name });
    if (status !== 200) throw new Error(`sign-in answered ${status}: see ${this.#logFile}`);
    return JSON.parse(body.toString()).backstageIdentity.token;
  }

  ask(request: ViewRequest, token: string, encoding = 'identity'): Promise<Answer> {
    return ask(this.url, request, { ...headersOf(token), 'accept-encoding': encoding });
  }

  /** Milliseconds of processor time since it started: what a busy machine does not distort. */
  async cpuTime(): Promise<number> {
    const answer = answerOf<NodeJS.CpuUsage>(this.#process, this.#logFile);
    this.#process.send('cpuUsage');
    const { user, system } = await answer;
    return (user + system) / 1000;
  }

  async until(what: string, condition: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + READY_MS; Date.now() < deadline; await sleep(250)) {
      if (this.#process.exitCode !== null)
        throw new Error(`the backend ended before ${what}: see ${this.#logFile}`);
      if (await condition()) return;
    }
    throw new Error(`not within ${READY_MS / 1000} s: ${what}; see ${this.#logFile}`);
  }

  async stop() {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }
}

export const headersOf = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
});

/** `BENCH_PROFILES=<folder>` leaves a CPU profile of each backend there. */
const profilerFlags = (folder: string | undefined) =>
  folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
