import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { isRunning } from './isRunning';

/** Holds the network namespace that the caller came from. */
const marker = 'WAYMARK_WORLD_OUTSIDE';

/**
 * Whether this process was started by {@link rerunInNamespace}. Pod and node addresses exist only
 * in that namespace, so that nothing of the world can reach, or be reached from, the machine.
 */
export function insideNamespace(): boolean {
  const outside = process.env[marker];
  return outside !== undefined && outside !== networkNamespace('self');
}

/** Without root the world runs in a user namespace, in which this process is root. */
export function inUserNamespace(): boolean {
  return process.env.WAYMARK_WORLD_USER_NAMESPACE === '1';
}

/**
 * Runs the same program with the same arguments in a network namespace of its own and returns its
 * exit code. Afterwards nothing is left in the namespace: what has lost its parent is ended too.
 */
export async function rerunInNamespace(environment: Record<string, string> = {}): Promise<number> {
  const root = process.getuid?.() === 0;
  const own = root ? ['--net'] : ['--user', '--map-root-user', '--net'];
  requireNamespaces(own);
  const child = spawn(
    'setpriv',
    [
      ...['--pdeathsig', 'KILL', '--', 'unshare', ...own, '--'],
      ...[process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    ],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        ...environment,
        [marker]: networkNamespace('self'),
        WAYMARK_WORLD_USER_NAMESPACE: root ? '0' : '1',
      },
    },
  );
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  // A terminal sends Ctrl-C to both of us: the inner one tidies up, we wait for it.
  process.on('SIGINT', () => undefined).on('SIGTERM', forward);
  // Both from the start: a child that fails at once has ended before its namespace is found.
  const [inside, [code, signal]] = await Promise.all([
    childNamespace(child),
    once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  if (inside) endAllIn(inside);
  return code ?? 128 + constants.signals[signal ?? 'SIGKILL'];
}

/** Adds the addresses to the namespace's own loopback device. */
export function addAddresses(addresses: string[]): void {
  if (!insideNamespace()) {
    throw new Error(
      'The world runs in its own network namespace: start it through rerunInNamespace()',
    );
  }
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  for (const address of addresses) {
    execFileSync('ip', ['address', 'replace', address, 'dev', 'lo']);
  }
}

/** Where namespaces are refused, unshare(1) does not say by whom. */
function requireNamespaces(own: readonly string[]): void {
  const { status, stderr, error } = spawnSync('unshare', [...own, '--', 'true'], {
    encoding: 'utf8',
  });
  if (status === 0) return;
  throw new Error(
    `The world needs a network namespace of its own, and this machine refuses it: ${error?.message ?? stderr.trim()}. ` +
      'On Ubuntu 24.04 and newer, set sysctl kernel.apparmor_restrict_unprivileged_userns=0 or run it as root; ' +
      'in a container, run it with --privileged',
  );
}

function networkNamespace(pid: number | 'self'): string {
  return readlinkSync(`/proc/${pid}/ns/net`);
}

/** unshare(1) keeps its process id, so the child's namespace changes under our eyes. */
async function childNamespace(child: ChildProcess): Promise<string | undefined> {
  const own = networkNamespace('self');
  while (child.pid !== undefined && isRunning(child)) {
    try {
      const current = networkNamespace(child.pid);
      if (current !== own) return current;
    } catch {
      return undefined;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  return undefined;
}

function endAllIn(namespace: string): void {
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    try {
      if (networkNamespace(pid) === namespace) process.kill(pid, 'SIGKILL');
    } catch {
      // Not ours to look at, or gone meanwhile.
    }
  }
}
