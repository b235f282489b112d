import assert from 'node:assert/strict';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { World } from '../world';
import { Check } from './check';
import { deployment, namespace } from './objects';
import { readyAddresses, untilReady } from './workloadChecks';

const name = 'rollout';
const connections = 10;

/** The clients look up the addresses every 100 ms; the pods wait longer before they stop. */
const drainSeconds = 2;

const release = (tag: number) =>
  deployment(name, {
    replicas: 3,
    image: `registry.smoke/service:${tag}`,
    container: { lifecycle: { preStop: { sleep: { seconds: drainSeconds } } } },
  });

export const rolloutCheck: Check = {
  name: 'a new image rolls out under load without a failed request',
  async run(world) {
    const { admin } = world.controlPlane;
    await admin.apply(release(1));
    await admin.apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] },
    });
    await untilReady(world, name, 3);
    const before = await readyAddresses(world, name);
    const load = startLoad(world);
    await admin.apply(release(2));
    await untilReady(world, name, 3);
    const { answered, failures } = await load.stop();
    const after = await readyAddresses(world, name);
    assert.deepEqual(failures, []);
    assert.ok(answered > 100, `only ${answered} requests were made`);
    assert.ok(!after.some(address => before.includes(address)), 'a pod of the old image is left');
  },
};

function startLoad(world: World) {
  let running = true;
  let addresses: string[] = [];
  const result = { answered: 0, failures: [] as string[] };
  const ask = async (address: string) => {
    try {
      const status = await statusOf(`http://${address}:8080/readyz`);
      if (status === 200) result.answered++;
      else result.failures.push(`${address}: ${status}`);
    } catch (error) {
      result.failures.push(`${address}: ${(error as Error).message}`);
    }
  };
  const lookUp = async () => {
    while (running) {
      addresses = await readyAddresses(world, name);
      await sleep(100);
    }
  };
  const client = async (offset: number) => {
    for (let count = offset; running; count++) {
      const address = addresses[count % addresses.length];
      await (address ? ask(address) : sleep(10));
    }
  };
  const work = Promise.all([lookUp(), ...Array.from({ length: connections }, (_, i) => client(i))]);
  return {
    async stop() {
      running = false;
      await work;
      return result;
    },
  };
}

/** One connection per request, so that none is open when a server stops. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, answer => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode));
    }).on('error', reject);
  });
}
