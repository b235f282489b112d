import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, cache, exclusively, say } from './workplace.mjs';

const RELEASE = '3.19.0';

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
  const found = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'helm')).find(isHelm3);
  if (found) return found;
  const home = join(cache, 'helm-3');
  const helm = join(home, 'helm');
  if (!existsSync(helm)) await exclusively('helm', () => existsSync(helm) || fetchHelm(home));
  return helm;
}

function isHelm3(path) {
  if (!existsSync(path)) return false;
  try {
    return execFileSync(path, ['version', '--short'], { encoding: 'utf8', stdio: 'pipe' }).startsWith('v3.');
  } catch {
    return false;
  }
}

async function fetchHelm(home) {
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'fetching-'));
  const failures = [];
  try {
    for (const way of [fromRelease, fromGo]) {
      try {
        const binary = await way(scratch);
        mkdirSync(home, { recursive: true });
        chmodSync(binary, 0o755);
        renameSync(binary, join(home, 'helm'));
        return;
      } catch (error) {
        failures.push(error.message.split('\n')[0]);
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

async function fromRelease(scratch) {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const checksum = CHECKSUMS[platform];
  if (!checksum) throw new Error(`no Helm release is pinned for ${platform}`);
  say(`fetching Helm ${RELEASE} once (17 MB)`);
  const response = await fetch(`https://get.helm.sh/helm-v${RELEASE}-${platform}.tar.gz`, {
    signal: AbortSignal.timeout(120_000),
  });
  if (!response.ok) throw new Error(`the Helm release answered ${response.status}`);
  const archive = Buffer.from(await response.arrayBuffer());
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== checksum) throw new Error(`the Helm archive has checksum ${actual}, expected ${checksum}`);
  const file = join(scratch, 'helm.tar.gz');
  writeFileSync(file, archive);
  execFileSync('tar', ['-xzf', file, '-C', scratch]);
  return join(scratch, platform, 'helm');
}

function fromGo(scratch) {
  say('building Helm with Go once (1 to 2 minutes)');
  execFileSync('go', ['install', GO_MODULE], { env: { ...process.env, GOBIN: scratch }, stdio: 'pipe' });
  return join(scratch, 'helm');
}
