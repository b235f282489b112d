import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { withFileLock } from './fileLock';
import { cacheDir, partDir, sourceDir } from './partCache';
import { Part, PartName, parts } from './parts';

const run = promisify(execFile);

/** Folder of each part that was asked for, by name. */
export type BuiltParts = Partial<Record<PartName, string>>;

/**
 * Builds what is not in the cache yet, one part at a time. Needs Go and, on a first run, the module
 * proxy: call it before entering the network namespace. Safe to run twice at once or to kill.
 */
export async function buildWorld(
  names: PartName[],
  log: (line: string) => void = line => console.log(line),
): Promise<BuiltParts> {
  const built: BuiltParts = {};
  for (const name of names) {
    built[name] = await buildPart(parts[name], log);
  }
  return built;
}

async function buildPart(part: Part, log: (line: string) => void): Promise<string> {
  const target = partDir(part);
  if (existsSync(target)) return target;
  await requireGo();
  await mkdir(cacheDir(), { recursive: true });
  // Said before the lock, so that whoever waits for somebody else's build knows for how long.
  log(
    `Building ${part.name} from its Go modules: about ${part.coldMinutes} minutes the first time, once per version`,
  );
  return withFileLock(`${target}.lock`, async () => {
    if (existsSync(target)) return target;
    const started = Date.now();
    await buildInto(part, target);
    log(`Built ${part.name} in ${Math.round((Date.now() - started) / 1000)} s: ${target}`);
    return target;
  });
}

/** A half-built part never has its final name. */
async function buildInto(part: Part, target: string): Promise<void> {
  const prefix = `.${basename(target)}-`;
  await removeAbandoned(prefix);
  const work = await mkdtemp(join(cacheDir(), prefix));
  try {
    for (const [binary, source] of Object.entries(part.binaries)) {
      await compile(part, source, join(work, binary));
    }
    if (part.data) {
      const module = await moduleDir(part, part.data.module);
      for (const [name, folder] of Object.entries(part.data.folders)) {
        await cp(join(module, folder), join(work, name), { recursive: true });
      }
    }
    // Module folders are read-only, which makes a cache hard to delete, and ours is for its owner only.
    await run('chmod', ['-R', 'u+w,a+rX', work]);
    await rename(work, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What killed builds of the same part left; the lock says that none is running. */
async function removeAbandoned(prefix: string): Promise<void> {
  for (const name of await readdir(cacheDir())) {
    if (name.startsWith(prefix)) {
      await rm(join(cacheDir(), name), { recursive: true, force: true });
    }
  }
}

async function compile(part: Part, source: string, output: string): Promise<void> {
  const variables = Object.entries(part.variables).map(([name, value]) => `-X ${name}=${value}`);
  const args = [
    ...['go', 'build', '-trimpath', '-ldflags', ['-s -w', ...variables].join(' ')],
    ...(part.tags ? ['-tags', part.tags] : []),
    ...['-o', output, source],
  ];
  try {
    await run('nice', ['-n', '19', ...args], {
      cwd: sourceDir(part),
      env: { ...process.env, CGO_ENABLED: part.cgo ? '1' : '0' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (cause) {
    const reason = String((cause as { stderr?: string }).stderr ?? cause)
      .trim()
      .split('\n')
      .at(-1);
    throw new Error(`Cannot build ${part.name}: ${reason}`, { cause });
  }
}

async function moduleDir(part: Part, module: string): Promise<string> {
  const { stdout } = await run('go', ['list', '-m', '-f', '{{.Dir}}', module], {
    cwd: sourceDir(part),
  });
  return stdout.trim();
}

async function requireGo(): Promise<void> {
  try {
    await run('go', ['version']);
  } catch (cause) {
    throw new Error(
      'The outside world is built with Go 1.26 or newer, which is not on the PATH: install it from https://go.dev/dl',
      { cause },
    );
  }
}

if (require.main === module) {
  const names = process.argv.slice(2) as PartName[];
  const wanted = names.length > 0 ? names : (Object.keys(parts) as PartName[]);
  const unknown = wanted.find(name => !(name in parts));
  if (unknown) {
    console.error(`No part is called ${unknown}: choose from ${Object.keys(parts).join(', ')}`);
    process.exit(2);
  }
  buildWorld(wanted).catch(error => {
    console.error(error.message);
    process.exit(1);
  });
}
