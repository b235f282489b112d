import { readState, stateFile } from '@waymark/sandbox';
import { firstSeen } from '../../cluster/story/firstSeen';
import type { Faults } from '../cases/Case';

interface SandboxWorkload {
  readonly name: string;
  readonly ready: number;
  readonly wanted: number;
}

/** Faults in the sandbox whose note lies in a cache folder, made as `npm run sandbox -- break …` makes them. */
export class SandboxFaults implements Faults {
  readonly #note: string;

  constructor(cache: string) {
    this.#note = stateFile(cache);
  }

  async make(workload: string, fault: string): Promise<number> {
    const [{ after }] = await Promise.all([
      firstSeen(`a pod of ${workload} is not ready`, () => this.#isBroken(workload)),
      this.#ask('break', { workload, fault }),
    ]);
    return after;
  }

  async mend(workload: string): Promise<void> {
    await this.#ask('mend', { workload });
  }

  /** The containers stop being ready when they end, and not before. */
  async #isBroken(workload: string): Promise<boolean> {
    const { workloads } = await this.#ask<{ workloads: SandboxWorkload[] }>('status');
    return workloads.some(({ name, ready, wanted }) => name === workload && ready < wanted);
  }

  async #ask<T>(action: string, body?: object): Promise<T> {
    const url = readState(this.#note)?.url;
    if (!url) throw new Error(`the sandbox of this run left no note at ${this.#note}`);
    const response = await fetch(`${url}/control/${action}`, {
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`the sandbox refused to ${action}: ${answer}`);
    return JSON.parse(answer) as T;
  }
}
