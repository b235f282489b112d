#!/usr/bin/env node
// Prepares the machine, then runs one of our TypeScript programs under the right Node:
//   node scripts/setup.mjs [--helm] [--until-stopped] -- path/to/program.ts [arguments]
// Runs under any Node from 18 on and before anything is installed, hence plain JavaScript without dependencies.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ensureHelm } from './helm.mjs';
import { ensureInstalled, transform } from './install.mjs';
import { ensureNode } from './node.mjs';
import { SetupError, root } from './workplace.mjs';

const separator = process.argv.indexOf('--');
const options = process.argv.slice(2, separator);
const [program, ...args] = process.argv.slice(separator + 1);

try {
  const node = await ensureNode();
  await ensureInstalled(node);
  const tools = [dirname(node), join(root, 'node_modules', '.bin')];
  if (options.includes('--helm')) tools.push(dirname(await ensureHelm()));
  run(node, tools);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`waymark: ${error.message}\n         ${error.nextStep}`);
  process.exitCode = 1;
}

function run(node, tools) {
  const child = spawn(node, ['--require', transform, join(root, program), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [...tools, process.env.PATH].join(delimiter),
      // Paths on the command line mean the folder that the person stands in, which npm moves away from.
      INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? codeAfter(signal);
  });
}

/** Ctrl-C is how what runs until it is stopped ends well. Anything else was cut short, and says so as a shell does. */
function codeAfter(signal) {
  const well = options.includes('--until-stopped') && ['SIGINT', 'SIGTERM'].includes(signal);
  return well ? 0 : 128 + constants.signals[signal];
}
