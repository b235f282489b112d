import type { ChildProcess } from 'node:child_process';

/**
 * The next `{ answer }` that a program sends over its channel. Wrapped, for the transform of TypeScript sends messages
 * of its own to the parent: the files it has read.
 */
export function answerOf<T>(child: ChildProcess, logFile: string): Promise<T> {
  return new Promise((done, fail) => {
    const release = () => child.off('message', take).off('exit', ended);
    const take = (message: object) => {
      if (!('answer' in message)) return;
      release();
      done(message.answer as T);
    };
    const ended = () => {
      release();
      fail(new Error(`the program ended without an answer: see ${logFile}`));
    };
    child.on('message', take).on('exit', ended);
  });
}
