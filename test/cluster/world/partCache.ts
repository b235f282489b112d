import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Part } from './parts';

/** Where built parts are kept: outside the checkout, so that every checkout shares them. */
export function cacheDir(environment: NodeJS.ProcessEnv = process.env): string {
  const user = environment.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return resolve(environment.WAYMARK_CACHE ?? join(user, 'waymark'), 'world');
}

export function sourceDir(part: Part): string {
  return join(__dirname, 'go', part.name);
}

/** The folder of a built part; its name changes with everything that the build reads. */
export function partDir(part: Part): string {
  const hash = createHash('sha256').update(JSON.stringify(part));
  const source = sourceDir(part);
  for (const file of goFiles(source)) {
    hash.update(relative(source, file)).update(readFileSync(file));
  }
  return join(cacheDir(), `${part.name}-${hash.digest('hex').slice(0, 16)}`);
}

function goFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter(name => /(\.go|go\.mod|go\.sum)$/.test(name) && !name.endsWith('_test.go'))
    .sort()
    .map(name => join(dir, name));
}
