import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { exclusively } from './lock.mjs';
import { runChild } from './runChild.mjs';
import { SetupError, cache, say } from './workplace.mjs';

const RELEASE = '3.19.0';

/** Where the archives lie; a mirror in a closed network is as good, for the checksum decides. */
const RELEASES = process.env.WAYMARK_HELM_MIRROR ?? 'https://get.helm.sh';

/** SHA-256 of the official archives, as printed in the notes of that release. */
const CHECKSUMS = {
  'linux-amd64': 'a7f81ce08007091b86d8bd696eb4d86b8d0f2e1b9f6c714be62f82f96a594496',
  'linux-arm64': '440cf7add0aee27ebc93fada965523c1dc2e0ab340d4348da2215737fc0d76ad',
  'darwin-amd64': '09a108c0abda42e45af172be65c49125354bf7cd178dbe10435e94540e49c7b9',
  'darwin-arm64': '31513e1193da4eb4ae042eb5f98ef9aca7890cfa136f4707c8d4f70e2115bef6',
};

/** What builds where the official archive cannot be had but Go can. */
const GO_MODULE = 'helm.sh/helm/v3/cmd/helm@v3.22.0';

/** Path of a Helm 3: the one on PATH, else the one fetched before, else the official release, else built with Go. */
export async function ensureHelm() {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, 'helm'))
    .find(isHelm3);
  if (found) return found;
  const home = join(cache, 'helm-3');
  const helm = join(home, 'helm');
  if (!isHelm3(helm)) await exclusively('helm', lock => isHelm3(helm) || fetchHelm(home, lock));
  return helm;
}

function isHelm3(path) {
  if (!existsSync(path)) return false;
  try {
    return execFileSync(path, ['version', '--short'], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).startsWith('v3.');
  } catch {
    return false;
  }
}

async function fetchHelm(home, lock) {
  // What runs that were killed have left; nobody else is here now.
  for (const name of readdirSync(cache).filter(entry => entry.startsWith('fetching-helm-'))) {
    rmSync(join(cache, name), { recursive: true, force: true });
  }
  const scratch = mkdtempSync(join(cache, 'fetching-helm-'));
  const failures = [];
  try {
    for (const way of [fromRelease, fromGo]) {
      try {
        const binary = await way(scratch, lock);
        chmodSync(binary, 0o755);
        if (!isHelm3(binary)) throw new Error('what was fetched is no Helm 3 that runs here');
        rmSync(home, { recursive: true, force: true });
        mkdirSync(home, { recursive: true });
        renameSync(binary, join(home, 'helm'));
        return;
      } catch (error) {
        failures.push(reasonOf(error));
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  throw new SetupError(
    `no Helm 3 on PATH, and none could be had: ${failures.join('; ')}`,
    'Install Helm 3 (https://helm.sh/docs/intro/install/) and run the command again.',
  );
}

async function fromRelease(scratch, lock) {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const checksum = CHECKSUMS[platform];
  if (!checksum) throw new Error(`no Helm release is pinned for ${platform}`);
  say(`fetching Helm ${RELEASE} once (17 MB)`);
  const response = await fetch(`${RELEASES}/helm-v${RELEASE}-${platform}.tar.gz`, {
    signal: AbortSignal.timeout(120_000),
  });
  if (!response.ok) throw new Error(`the Helm release answered ${response.status}`);
  const archive = Buffer.from(await response.arrayBuffer());
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== checksum)
    throw new Error(`the Helm archive has checksum ${actual}, expected ${checksum}`);
  const file = join(scratch, 'helm.tar.gz');
  writeFileSync(file, archive);
  await runChild(lock, 'tar', ['-xzf', file, '-C', scratch]);
  return join(scratch, platform, 'helm');
}

async function fromGo(scratch, lock) {
  say('building Helm with Go once (1 to 2 minutes)');
  await runChild(lock, 'go', ['install', GO_MODULE], { env: { ...process.env, GOBIN: scratch } });
  return join(scratch, 'helm');
}

/** fetch() says "fetch failed" and hides the reason one level down; Go's reason is in its last line. */
function reasonOf({ message, cause }) {
  const [reason] = (cause?.message || cause?.code || message).trim().split('\n').slice(-1);
  return reason;
}
