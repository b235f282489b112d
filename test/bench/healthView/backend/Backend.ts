import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../suites/freePort';
import { Program } from '../Program';
import type { Scenario } from '../scenarios';
import type { Side, ViewRequest } from '../sides/Side';
import { type Answer, ask } from './ask';
import { configOf } from './configOf';
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
  readonly #program: Program;

  private constructor(url: string, program: Program) {
    this.url = url;
    this.#program = program;
  }

  static async start(options: BackendOptions): Promise<Backend> {
    const { scenario, pluginId, folder } = options;
    const url = `http://127.0.0.1:${await freePort()}`;
    const config = join(folder, `${pluginId}.json`);
    writeFileSync(config, JSON.stringify(configOf({ ...options, url })));
    const program = Program.fork(join(__dirname, 'serve.ts'), {
      args: [scenario.name, pluginId, '--config', config],
      variables: { NODE_ENV: 'production' },
      flags: profilerFlags(process.env.BENCH_PROFILES),
      logFile: join(folder, `${pluginId}.log`),
    });
    const backend = new Backend(url, program);
    try {
      await backend.until('the backend is ready', async () => {
        const signal = AbortSignal.timeout(5_000);
        const answer = fetch(`${url}/.backstage/health/v1/readiness`, { signal });
        return (await answer.catch(() => undefined))?.ok ?? false;
      });
    } catch (error) {
      await backend.stop();
      throw error;
    }
    return backend;
  }

  async signIn(name: string): Promise<string> {
    const path = SIGN_IN_PATH;
    const { status, body } = await ask(this.url, { method: 'GET', path }, { [NAME_HEADER]: name });
    if (status !== 200) throw new Error(`sign-in answered ${status}`);
    return JSON.parse(body.toString()).backstageIdentity.token;
  }

  ask(request: ViewRequest, token: string, encoding = 'identity'): Promise<Answer> {
    return ask(this.url, request, { ...headersOf(token), 'accept-encoding': encoding });
  }

  /** Milliseconds of processor time since it started: what a busy machine does not distort. */
  async cpuTime(): Promise<number> {
    const { user, system } = await this.#program.ask<NodeJS.CpuUsage>('cpuUsage');
    return (user + system) / 1000;
  }

  until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    return this.#program.child.until(what, isSo, { withinMs: READY_MS });
  }

  stop = () => this.#program.child.stop();
}

export const headersOf = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
});

/** `BENCH_PROFILES=<folder>` leaves a CPU profile of each backend there. */
const profilerFlags = (folder: string | undefined) =>
  folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
