import { readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWorld } from './build';
import { insideNamespace, rerunInNamespace } from './namespace';
import { Check, runChecks, Tally } from './smoke/check';
import { controlPlaneChecks, restartChecks } from './smoke/controlPlaneChecks';
import { deliveryChecks } from './smoke/deliveryChecks';
import { scalingChecks } from './smoke/scalingChecks';
import { workloadChecks } from './smoke/workloadChecks';
import { partsOf, startWorld } from './world';

const parts = { argocd: true, gitea: true, nodes: 3, kwokNodes: 2 };

/** Does the outside world keep its promises? */
async function main(): Promise<number> {
  if (!insideNamespace()) {
    await buildWorld(partsOf(parts));
    return rerunInNamespace();
  }
  const tally: Tally = { passed: 0, failed: 0 };
  const dir = join(tmpdir(), `world-smoke-${process.pid}`);
  const world = await startWorld({ ...parts, dir, log: line => console.log(line) });
  process.once('SIGTERM', () => process.exit(143)).once('SIGINT', () => process.exit(130));
  const checks = [
    ...controlPlaneChecks,
    ...workloadChecks,
    ...scalingChecks,
    ...deliveryChecks,
    ...restartChecks,
    nothingLeft,
  ];
  await runChecks(checks, world, tally);
  if (tally.failed > 0) console.log(`The logs are in ${join(world.dir, 'logs')}`);
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed > 0 ? 1 : 0;
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
