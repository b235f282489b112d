import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { Child } from '../../suites/Child';
import { root } from '../../suites/runProgram';

const TRANSFORM = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');

export interface ProgramOptions {
  readonly args?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Of Node itself. */
  readonly flags?: readonly string[];
  readonly logFile: string;
}

/** One of our TypeScript programs in a process of its own, which answers questions over its channel. */
export class Program {
  readonly child: Child;
  readonly #process: ChildProcess;
  readonly #logFile: string;

  private constructor(child: ChildProcess, logFile: string) {
    this.child = new Child(child, { logFile });
    this.#process = child;
    this.#logFile = logFile;
  }

  static fork(
    program: string,
    { args = [], variables = {}, flags = [], logFile }: ProgramOptions,
  ): Program {
    const log = openSync(logFile, 'a');
    const child = fork(program, [...args], {
      cwd: root,
      execArgv: [...flags, '--require', TRANSFORM],
      env: { ...process.env, ...variables },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    return new Program(child, logFile);
  }

  ask<T>(question: string): Promise<T> {
    const answer = this.answer<T>();
    if (this.#process.connected) this.#process.send(question);
    return answer;
  }

  /**
   * The next `{ answer }` that it sends. Wrapped, for the transform of TypeScript sends messages of its own to the
   * parent: the files it has read.
   */
  answer<T>(): Promise<T> {
    const child = this.#process;
    return new Promise((done, fail) => {
      const release = () => child.off('message', take).off('disconnect', ended);
      const take = (message: object) => {
        if (!('answer' in message)) return;
        release();
        done(message.answer as T);
      };
      const ended = () => {
        release();
        fail(new Error(`the program ended without an answer: see ${this.#logFile}`));
      };
      if (!child.connected) return ended();
      child.on('message', take).on('disconnect', ended);
      return undefined;
    });
  }
}
