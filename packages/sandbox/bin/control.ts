import { runControl } from '../src/page/runControl';
import { readState } from '../src/page/sandboxState';

runControl({
  args: process.argv.slice(2),
  running: () => readState()?.url,
  fetch,
  print: line => process.stdout.write(`${line}\n`),
}).then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`sandbox: ${error.message}\n`);
    process.exitCode = 1;
  },
);
