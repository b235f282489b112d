import { text } from 'node:stream/consumers';
import type { Streams } from './Streams';

export const systemStreams: Streams = {
  print: document => process.stdout.write(document.endsWith('\n') ? document : `${document}\n`),
  error: line => process.stderr.write(`${line}\n`),
  stdin: () => text(process.stdin),
  exit: code => {
    process.exitCode = code;
  },
  now: () => new Date(),
  // npm runs programs in the package's folder and keeps the caller's here.
  folder: process.env.INIT_CWD ?? process.cwd(),
};
