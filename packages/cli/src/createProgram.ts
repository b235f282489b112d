import { Command } from 'commander';
import { addCheckCommand } from './commands/check';
import { addHealthCommand } from './commands/health';
import { addTemplateCommand } from './commands/template';
import type { Streams } from './Streams';

export type { Streams };

/** The `waymark` command line. What is wrong with it is thrown, for `exitCodeOf` to judge: Commander itself would end with 1, which means that the gate fails. */
export function createProgram(streams: Streams): Command {
  const program = new Command('waymark')
    .description('Check manifests, judge live objects, render golden path templates')
    .configureOutput({
      writeOut: text => streams.print(text),
      writeErr: text => streams.error(text.trimEnd()),
    })
    .showHelpAfterError('(waymark --help shows how)')
    // Before the commands are added: they inherit it.
    .exitOverride();
  addCheckCommand(program, streams);
  addHealthCommand(program, streams);
  addTemplateCommand(program, streams);
  return program;
}
