import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Tools that are fetched once for all checkouts of this user. */
export const cache =
  process.env.WAYMARK_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'waymark');

/** Something that a person has to know: what went wrong and what to do about it. */
export class SetupError extends Error {
  constructor(message, nextStep) {
    super(message);
    this.nextStep = nextStep;
  }
}

export const say = line => console.error(`waymark: ${line}`);
