import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const GO_TOOLS = {
  helm: { module: 'helm.sh/helm/v3/cmd/helm@v3.22.0', cold: '90 s' },
  actionlint: { module: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12', cold: '5 s' },
  kubeconform: { module: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0', cold: '5 s' },
  k6: { module: 'go.k6.io/k6@v1.8.1', cold: '80 s' },
} as const;

export type GoTool = keyof typeof GO_TOOLS;

/** Outside of the checkout, so that every checkout shares what was built once. */
export const cacheDir = () =>
  process.env.WAYMARK_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'waymark');

/** Path of a tool: the one on PATH, else the one built before, else built now. Undefined where Go is missing. */
export async function goTool(name: GoTool): Promise<string | undefined> {
  const cached = join(cacheDir(), 'tools', name);
  const found = [
    ...(process.env.PATH ?? '').split(delimiter).map(folder => join(folder, name)),
    cached,
  ].find(existsSync);
  if (found) return found;
  if (!(await hasGo())) return undefined;
  const { module, cold } = GO_TOOLS[name];
  console.log(`building ${name} from its Go module: about ${cold} the first time`);
  await mkdir(join(cacheDir(), 'tools'), { recursive: true });
  const scratch = await mkdtemp(join(cacheDir(), 'building-'));
  try {
    await run('nice', ['-n', '19', 'go', 'install', module], {
      env: { ...process.env, GOBIN: scratch },
    });
    // Only a finished tool gets its name; two builds at once end in the same file.
    await rename(join(scratch, name), cached);
    return cached;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Folder of a Go module's files, fetched once by Go itself. Undefined where it cannot be had. */
export async function goModule(module: string): Promise<string | undefined> {
  if (!(await hasGo())) return undefined;
  const { stdout } = await run('go', ['mod', 'download', '-json', module], {
    cwd: homedir(),
  }).catch(() => ({ stdout: '{}' }));
  return (JSON.parse(stdout) as { Dir?: string }).Dir;
}

const hasGo = () =>
  run('go', ['version']).then(
    () => true,
    () => false,
  );
