import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { SetupError, exclusively, root, say } from './workplace.mjs';

const stamp = join(root, 'node_modules', '.waymark-installed');

/** Installs the dependencies when the lock file is not the one that was installed last. */
export async function ensureInstalled(node) {
  const wanted = fingerprint(node);
  if (isInstalled(wanted)) return;
  await exclusively(`install-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`, () => {
    if (!isInstalled(wanted)) install(node, wanted);
  });
}

const isInstalled = wanted => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

/** Native modules are built for one Node, so a change of Node is a change too. */
function fingerprint(node) {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  return `${createHash('sha256').update(readFileSync(join(root, 'yarn.lock'))).digest('hex')} ${version}\n`;
}

function install(node, wanted) {
  say('installing dependencies (2 to 5 minutes the first time, only when yarn.lock changes)');
  // Removed first: a run that is killed half-way must not look finished to the next.
  rmSync(stamp, { force: true });
  const headers = dirname(dirname(node));
  const { status, stdout } = spawnSync(node, [releaseOfYarn(), 'install', '--immutable'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PATH: [dirname(node), process.env.PATH].join(delimiter),
      // The headers that lie beside this Node spare node-gyp a download.
      ...(existsSync(join(headers, 'include', 'node', 'node.h')) && { npm_config_nodedir: headers }),
    },
  });
  if (status !== 0) {
    throw new SetupError(
      `installing the dependencies failed:\n${stdout.trim().split('\n').slice(-15).join('\n')}`,
      'A network fault heals by running the command again. better-sqlite3 is compiled: it needs a C++ compiler, make and Python 3.',
    );
  }
  writeFileSync(stamp, wanted);
}

function releaseOfYarn() {
  const [, release] = /^yarnPath: (.+)$/m.exec(readFileSync(join(root, '.yarnrc.yml'), 'utf8'));
  return join(root, release);
}
