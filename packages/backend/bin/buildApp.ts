import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { exclusively, type Lock } from './lock';
import { browserSources } from './browserSources';

const root = resolve(__dirname, '../../..');
const app = join(root, 'packages/app');
const stamp = join(app, 'dist', '.waymark-built');

/** Builds the frontend when its sources are not those of the last build. */
export async function buildApp() {
  const wanted = fingerprint();
  if (isBuilt(wanted)) return;
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 12);
  await exclusively(`build-${checkout}`, async lock => {
    if (!isBuilt(wanted)) await build(wanted, lock);
  });
}

const isBuilt = (wanted: string) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

async function build(wanted: string, lock: Lock) {
  console.error(
    'waymark: building the frontend (half a minute to two, only when its sources change)',
  );
  // Removed first: a build that is killed half-way must not look finished to the next start.
  rmSync(stamp, { force: true });
  const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  const builder = spawn(process.execPath, [cli, 'package', 'build'], {
    cwd: app,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  lock.share(builder.pid!);
  const printed: Buffer[] = [];
  for (const stream of [builder.stdout, builder.stderr])
    stream.on('data', part => printed.push(part));
  const code = await new Promise(done => builder.once('close', done));
  if (code !== 0) throw new Error(`building the frontend failed:\n${Buffer.concat(printed)}`);
  writeFileSync(stamp, wanted);
}

function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'yarn.lock')));
  for (const source of browserSources(root)) {
    for (const file of filesBelow(join(root, source)))
      hash.update(relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function* filesBelow(folder: string): Iterable<string> {
  for (const name of readdirSync(folder).sort()) {
    if (['node_modules', 'dist', 'coverage', 'cases'].includes(name)) continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else if (!name.includes('.test.')) yield path;
  }
}
