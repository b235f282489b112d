import { execFile } from 'node:child_process';
import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildWorld } from './build';
import { insideNamespace, rerunInNamespace } from './namespace';
import { sourceDir } from './partCache';
import { parts } from './parts';
import { Check, runChecks, Tally } from './smoke/check';
import { controlPlaneChecks, restartChecks } from './smoke/controlPlaneChecks';
import { deliveryChecks } from './smoke/deliveryChecks';
import { rolloutCheck } from './smoke/rolloutCheck';
import { scalingChecks } from './smoke/scalingChecks';
import { workloadChecks } from './smoke/workloadChecks';
import { partsOf, startWorld } from './world';

const run = promisify(execFile);

const options = { argocd: true, gitea: true, nodes: 3, kwokNodes: 2 };

/** Does the outside world keep its promises? */
async function main(): Promise<number> {
  if (!insideNamespace()) {
    await buildWorld(partsOf(options));
    await testContainerView();
    return rerunInNamespace();
  }
  // testContainerView() has passed, or we would not be here.
  const tally: Tally = { passed: 1, failed: 0 };
  const dir = join(tmpdir(), `world-smoke-${process.pid}`);
  const world = await startWorld({ ...options, dir, log: line => console.log(line) });
  const checks = [
    ...controlPlaneChecks,
    ...workloadChecks,
    rolloutCheck,
    ...scalingChecks,
    ...deliveryChecks,
    ...restartChecks,
    nothingLeft,
  ];
  await runChecks(checks, world, tally);
  if (tally.failed > 0) console.log(`The logs are in ${join(world.dir, 'logs')}`);
  else rmSync(world.dir, { recursive: true });
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed > 0 ? 1 : 0;
}

/** Containers never write to the machine: Go's own test, which needs its module cache. */
async function testContainerView(): Promise<void> {
  await run('go', ['test', './view'], { cwd: sourceDir(parts.kubelet) });
  console.log('ok    a container sees its volumes and never writes to the machine');
}

const nothingLeft: Check = {
  name: 'stop leaves no process',
  async run(world) {
    await world.stop();
    const own = readlinkSync('/proc/self/ns/net');
    const left = readdirSync('/proc').filter(pid => /^\d+$/.test(pid) && isIn(pid, own));
    const others = left.filter(pid => Number(pid) !== process.pid);
    if (others.length > 0) throw new Error(`still running: ${others.join(', ')}`);
  },
};

function isIn(pid: string, namespace: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`) === namespace;
  } catch {
    // Ended between the two looks, or a zombie.
    return false;
  }
}

main().then(
  code => process.exit(code),
  error => {
    console.error(error.message);
    console.log('0 passed, 1 failed');
    process.exit(1);
  },
);
