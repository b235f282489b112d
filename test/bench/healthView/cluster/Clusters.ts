import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { answerOf } from '../answerOf';
import { forkProgram } from '../forkProgram';
import type { Scenario } from '../scenarios';
import type { RequestCounts } from './CountingApi';

/** The counting clusters of a scenario, in a process of their own. */
export class Clusters {
  readonly urls: readonly string[];
  readonly #process: ChildProcess;
  readonly #logFile: string;

  private constructor(process: ChildProcess, urls: readonly string[], logFile: string) {
    this.#process = process;
    this.#logFile = logFile;
    this.urls = urls;
  }

  static async start(scenario: Scenario, logFile: string): Promise<Clusters> {
    const child = forkProgram(join(__dirname, 'serve.ts'), { args: [scenario.name], logFile });
    const urls = await answerOf<readonly string[]>(child, logFile);
    return new Clusters(child, urls, logFile);
  }

  /** What a client, known by its token, has asked for so far. */
  async countsOf(client: string): Promise<RequestCounts> {
    const answer = answerOf<RequestCounts>(this.#process, this.#logFile);
    this.#process.send(client);
    return answer;
  }

  async stop() {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}
