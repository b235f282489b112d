import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { exclusively } from './lock.mjs';
import { runChild } from './runChild.mjs';
import { SetupError, root, say } from './workplace.mjs';

const stamp = join(root, 'node_modules', '.waymark-installed');

/** What every program of ours is started with; it is gone when somebody has emptied node_modules by hand. */
export const transform = join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs');

/** Installs the dependencies when the lock file is not the one that was installed last. */
export async function ensureInstalled(node) {
  const wanted = fingerprint(node);
  if (isInstalled(wanted)) return;
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 12);
  await exclusively(
    `install-${checkout}`,
    lock => isInstalled(wanted) || install(node, wanted, lock),
  );
}

const isInstalled = wanted =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(transform);

/** Native modules are built for one Node, so a change of Node is a change too. */
function fingerprint(node) {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  return `${createHash('sha256')
    .update(readFileSync(join(root, 'yarn.lock')))
    .digest('hex')} ${version}\n`;
}

async function install(node, wanted, lock) {
  say('installing dependencies (2 to 5 minutes the first time, only when yarn.lock changes)');
  // Removed first: a run that is killed half-way must not look finished to the next.
  rmSync(stamp, { force: true });
  const headers = dirname(dirname(node));
  try {
    await runChild(lock, node, [releaseOfYarn(), 'install', '--immutable'], {
      cwd: root,
      env: {
        ...process.env,
        PATH: [dirname(node), process.env.PATH].join(delimiter),
        // The headers that lie beside this Node spare node-gyp a download.
        ...(existsSync(join(headers, 'include', 'node', 'node.h')) && {
          npm_config_nodedir: headers,
        }),
      },
    });
  } catch (error) {
    throw new SetupError(
      `installing the dependencies failed:\n${error.message.split('\n').slice(-15).join('\n')}`,
      nextStepAfter(error.message),
    );
  }
  writeFileSync(stamp, wanted);
}

/** Recognised by their words: the codes that Yarn could print before them are switched off in .yarnrc.yml. */
function nextStepAfter(output) {
  if (/The lockfile would have been \w+ by this install/.test(output))
    return `A package.json and yarn.lock disagree: run "node ${releaseOfYarn()} install" and commit yarn.lock.`;
  if (output.includes("couldn't be built successfully"))
    return 'A dependency is compiled: install a C++ compiler, make and Python 3 and run the command again.';
  return 'Check the network and the npm registry of this machine, then run the command again: it continues where it stopped.';
}

function releaseOfYarn() {
  const [, release] = /^yarnPath: (.+)$/m.exec(readFileSync(join(root, '.yarnrc.yml'), 'utf8'));
  return join(root, release);
}
