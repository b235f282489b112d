import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeApi, KubeObject } from '../../world/kubeApi';

export interface LoadTarget {
  readonly namespace: string;
  /** Name of the Service. */
  readonly service: string;
  readonly path: string;
}

interface EndpointSlice extends KubeObject {
  endpoints?: { addresses: string[]; conditions: { ready?: boolean } }[];
}

const CONNECTIONS = 8;
/** How often clients look up the ready addresses, as kube-proxy hears of them. */
const LOOK_UP_MS = 100;

/** Sends requests to whatever pods are ready, as kube-proxy would, until it is stopped. Keeps the bodies of all answers, in order. */
export function startLoad(api: KubeApi, target: LoadTarget) {
  let running = true;
  let addresses: string[] = [];
  const result = { answers: [] as string[], failures: [] as string[] };
  const ask = async (address: string) => {
    try {
      const { status, body } = await answerOf(`http://${address}:8080${target.path}`);
      if (status === 200) result.answers.push(body);
      else result.failures.push(`${address}: ${status}`);
    } catch (error) {
      result.failures.push(`${address}: ${(error as Error).message}`);
    }
  };
  const lookUp = async () => {
    while (running) {
      addresses = await readyAddresses(api, target);
      await sleep(LOOK_UP_MS);
    }
  };
  const client = async (offset: number) => {
    for (let count = offset; running; count++) {
      const address = addresses[count % addresses.length];
      if (address) await ask(address);
      // Paced: it is the rollout that is tested, and not the machine.
      await sleep(20);
    }
  };
  const work = Promise.all([lookUp(), ...Array.from({ length: CONNECTIONS }, (_, i) => client(i))]);
  return {
    async stop() {
      running = false;
      await work;
      return result;
    },
  };
}

async function readyAddresses(api: KubeApi, { namespace, service }: LoadTarget): Promise<string[]> {
  const slices = await api.list<EndpointSlice>('discovery.k8s.io/v1', 'EndpointSlice', {
    namespace,
    labelSelector: `kubernetes.io/service-name=${service}`,
  });
  return slices
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions.ready)
    .flatMap(({ addresses }) => addresses);
}

/** One connection per request, so that each one meets whatever the rollout has just done. */
function answerOf(url: string): Promise<{ status?: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = get(url, { agent: false, timeout: 5_000 }, answer => {
      let body = '';
      answer.setEncoding('utf8').on('data', text => {
        body += text;
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode, body }));
    });
    call.on('timeout', () => call.destroy(new Error('no answer in 5 s')));
    call.on('error', reject);
  });
}
