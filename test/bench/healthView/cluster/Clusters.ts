import { join } from 'node:path';
import { Program } from '../Program';
import type { Scenario } from '../scenarios';
import type { RequestCounts } from './CountingApi';

/** The counting clusters of a scenario, in a process of their own. */
export class Clusters {
  readonly urls: readonly string[];
  readonly #program: Program;

  private constructor(program: Program, urls: readonly string[]) {
    this.#program = program;
    this.urls = urls;
  }

  static async start(scenario: Scenario, logFile: string): Promise<Clusters> {
    const program = Program.fork(join(__dirname, 'serve.ts'), { args: [scenario.name], logFile });
    return new Clusters(program, await program.answer<readonly string[]>());
  }

  /** What a client, known by its token, has asked for so far. */
  countsOf = (client: string) => this.#program.ask<RequestCounts>(client);

  stop = () => this.#program.child.stop();
}
