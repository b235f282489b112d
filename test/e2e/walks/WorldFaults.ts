import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { firstSeen } from '../../cluster/story/firstSeen';
import { type Behaviour, Behaviours } from '../../cluster/world/behaviour';
import type { Faults } from '../cases/Case';

const run = promisify(execFile);

/** The system that the form is given; its services share a namespace of its name. */
const namespace = 'robot-shop';

/** What the containers of a workload do for a fault of that name, as the sandbox calls it. */
const behaviours: Readonly<Record<string, Behaviour>> = {
  'crash-loop': { exitAfter: 0.2, exitCode: 1 },
};

interface PodStatus {
  readonly containerStatuses?: readonly {
    readonly restartCount: number;
    readonly state?: { readonly terminated?: object };
  }[];
}

/** Faults in a real world that is running in a folder. */
export class WorldFaults implements Faults {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  async make(workload: string, fault: string): Promise<number> {
    const behaviour = behaviours[fault];
    if (!behaviour) throw new Error(`the real world is not told how to make ${fault}`);
    const shown = firstSeen(`a container of ${workload} has ended`, () => this.#hasEnded(workload));
    this.#behaviours.set(podsOf(workload), behaviour);
    return (await shown).after;
  }

  async mend(workload: string): Promise<void> {
    this.#behaviours.clear(podsOf(workload));
    // New pods, because a container that crashed twice is trusted again only after ten minutes.
    await this.#kubectl('delete', 'pods', ...selecting(workload), '--wait=false');
  }

  async #hasEnded(workload: string): Promise<boolean> {
    const list = await this.#kubectl('get', 'pods', ...selecting(workload), '--output', 'json');
    const { items } = JSON.parse(list) as { items: readonly { status: PodStatus }[] };
    return items
      .flatMap(({ status }) => status.containerStatuses ?? [])
      .some(({ restartCount, state }) => restartCount > 0 || state?.terminated);
  }

  get #behaviours() {
    return new Behaviours(join(this.#dir, 'control'));
  }

  async #kubectl(...args: readonly string[]): Promise<string> {
    const access = ['--kubeconfig', join(this.#dir, 'admin.kubeconfig'), '--namespace', namespace];
    return (await run(join(this.#dir, 'bin', 'kubectl'), [...access, ...args])).stdout;
  }
}

const podsOf = (workload: string) => `${namespace}/${workload}-*`;

const selecting = (workload: string) => ['--selector', `app.kubernetes.io/name=${workload}`];
