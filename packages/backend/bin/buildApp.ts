import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
const app = join(root, 'packages/app');
const stamp = join(app, 'dist', '.waymark-built');

/** Everything that ends up in the browser. */
const SOURCES = [
  'packages/app',
  'packages/kube-graph',
  'packages/readiness',
  'packages/health',
  'plugins',
];

/** Builds the frontend when its sources are not those of the last build. */
export function buildApp() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('waymark: building the frontend (15 to 40 seconds, only when its sources change)');
  // Removed first: a build that is killed half-way must not look finished to the next start.
  rmSync(stamp, { force: true });
  const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'package', 'build'], {
    cwd: app,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`building the frontend failed:\n${stdout}${stderr}`);
  writeFileSync(stamp, wanted);
}

function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'yarn.lock')));
  for (const source of SOURCES) {
    for (const file of filesBelow(join(root, source)))
      hash.update(relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function* filesBelow(folder: string): Iterable<string> {
  for (const name of readdirSync(folder).sort()) {
    if (
      ['node_modules', 'dist', 'coverage', 'cases'].includes(name) ||
      /-(backend|module-waymark)$/.test(name)
    )
      continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else if (!name.includes('.test.')) yield path;
  }
}
