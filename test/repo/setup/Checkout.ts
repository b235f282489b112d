import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(__dirname, '../../..');

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface Running {
  readonly ended: Promise<Ended>;
  /** Signals the set-up alone: after SIGKILL, what it has started goes on for a while. */
  kill(signal?: NodeJS.Signals): void;
}

/**
 * A small checkout with the real scripts and a machine of its own: nothing on PATH but npm, a shell and a Go that "builds"
 * Helm in no time; a Yarn that notes when it runs. The machine's own Node says that it is too old.
 */
export class Checkout {
  readonly #dir = mkdtempSync(join(tmpdir(), 'waymark-setup-'));
  readonly cache = join(this.#dir, 'cache');
  readonly #journal = join(this.#dir, 'journal');
  readonly #variables: Record<string, string>;

  constructor(variables: Readonly<Record<string, string>>) {
    this.#variables = {
      HOME: this.#dir,
      PATH: join(this.#dir, 'bin'),
      WAYMARK_CACHE: this.cache,
      // No Helm release but from where a test says.
      WAYMARK_HELM_MIRROR: 'http://127.0.0.1:2',
      npm_config_cache: join(this.#dir, 'npm'),
      npm_config_update_notifier: 'false',
      JOURNAL: this.#journal,
      ...variables,
    };
    cpSync(join(root, 'scripts'), join(this.#dir, 'scripts'), { recursive: true });
    for (const [file, text] of Object.entries(FILES)) this.write(file, text);
    this.#installPrograms();
  }

  /** `npm start`, as far as the scripts take it. */
  start(variables: Readonly<Record<string, string>> = {}, flags: readonly string[] = []): Running {
    const child = spawn(
      process.execPath,
      [
        ...['--require', './old.cjs', 'scripts/setup.mjs', '--helm', ...flags],
        ...['--', 'program.cjs', 'argument'],
      ],
      {
        cwd: this.#dir,
        env: { ...this.#variables, ...variables },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const parts: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', part => parts.push(part));
    const ended = new Promise<Ended>(done =>
      child.once('exit', code => done({ code, output: Buffer.concat(parts).toString('utf8') })),
    );
    return { ended, kill: (signal = 'SIGKILL') => child.kill(signal) };
  }

  run = (variables?: Readonly<Record<string, string>>) => this.start(variables).ended;

  /** What Yarn and Go did so far. */
  get journal(): string[] {
    return existsSync(this.#journal) ? readFileSync(this.#journal, 'utf8').trim().split('\n') : [];
  }

  async until(line: string) {
    for (const deadline = Date.now() + 30_000; !this.journal.includes(line); await sleep(20))
      if (Date.now() > deadline) throw new Error(`"${line}" did not come: ${this.journal}`);
  }

  write(file: string, text: string) {
    const path = resolve(this.#dir, file);
    mkdirSync(resolve(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }

  /** What lies in the cache besides the tools themselves. */
  leftovers = () => readdirSync(this.cache).filter(name => !/^(node-[\d.]+|helm-3)$/.test(name));

  remove() {
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #installPrograms() {
    const bin = join(this.#dir, 'bin');
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, 'node'));
    for (const name of ['npm', 'sh', 'tar', 'gzip', 'cat', 'chmod', 'sleep'])
      symlinkSync(onPath(name), join(bin, name));
    writeFileSync(join(bin, 'go'), GO);
    chmodSync(join(bin, 'go'), 0o755);
  }
}

function onPath(name: string): string {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(existsSync);
  if (!found) throw new Error(`${name} is not on PATH`);
  return realpathSync(found);
}

const FILES = {
  'yarn.lock': '# nothing\n',
  '.yarnrc.yml': 'yarnPath: yarn.cjs\n',
  'old.cjs': "Object.defineProperty(process, 'version', { value: 'v20.0.0' });\n",
  'program.cjs': `
const { execSync } = require('node:child_process');
const { appendFileSync } = require('node:fs');
console.log('ran', process.argv[2], process.env.INIT_CWD === process.cwd(), String(execSync('helm version')).trim());
if (process.env.WAITS) {
  setInterval(() => {}, 1000);
  appendFileSync(process.env.JOURNAL, 'program waits\\n');
}
`,
  'yarn.cjs': `
const { appendFileSync, mkdirSync, rmdirSync, writeFileSync } = require('node:fs');
const note = line => appendFileSync(process.env.JOURNAL, line + '\\n');
if (process.env.YARN_FAILS) {
  console.log(process.env.YARN_FAILS);
  process.exit(1);
}
note('install begins');
try {
  mkdirSync('busy');
} catch {
  note('two installs at once');
}
setTimeout(() => {
  mkdirSync('node_modules/@backstage/cli-node/config', { recursive: true });
  writeFileSync('node_modules/@backstage/cli-node/config/nodeTransform.cjs', '');
  rmdirSync('busy');
  note('install ends');
}, Number(process.env.INSTALL_MS ?? 50));
`,
};

const GO = `#!/bin/sh
if [ -n "$GO_FAILS" ]; then echo "$GO_FAILS" >&2; exit 1; fi
echo "build begins" >> "$JOURNAL"
sleep "\${BUILD_SECONDS:-0}"
printf '#!/bin/sh\\necho v3.22.0\\n' > "$GOBIN/helm"
`;
