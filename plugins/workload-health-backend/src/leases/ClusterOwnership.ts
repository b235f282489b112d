import type { Clock } from '@waymark/cluster-watch';
import { LEASE_MS } from './DatabaseLeaseStore';
import type { LeaseStore } from './LeaseStore';

const RENEW_MS = LEASE_MS / 3;

/** What runs for a cluster as long as it is ours. */
export interface ClusterWork {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ClusterOwnershipOptions<W extends ClusterWork> {
  readonly clusters: readonly string[];
  readonly leases: LeaseStore;
  readonly create: (cluster: string) => W;
  readonly clock: Clock;
  readonly onError: (error: Error) => void;
}

/** Runs a collector for each cluster whose lease this replica holds, and for no other. */
export class ClusterOwnership<W extends ClusterWork = ClusterWork> {
  readonly #options: ClusterOwnershipOptions<W>;
  readonly #running = new Map<string, { readonly work: W; renewed: number }>();
  #cancel?: () => void;
  #round: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: ClusterOwnershipOptions<W>) {
    this.#options = options;
  }

  get running(): readonly W[] {
    return [...this.#running.values()].map(({ work }) => work);
  }

  start() {
    this.#round = this.#renewAll();
  }

  /** Stops what runs first, so that nobody writes any more when the next owner starts. */
  async stop() {
    this.#stopped = true;
    this.#cancel?.();
    await this.#round;
    await Promise.all([...this.#running.keys()].map(cluster => this.#end(cluster)));
    await this.#options.leases.release();
  }

  async #renewAll() {
    for (const cluster of this.#options.clusters) {
      if (this.#stopped) return;
      await this.#renew(cluster).catch(error => this.#failed(cluster, error));
    }
    if (this.#stopped) return;
    this.#cancel = this.#options.clock.schedule(RENEW_MS, () => {
      this.#round = this.#renewAll();
    });
  }

  async #renew(cluster: string) {
    const { leases, create, clock } = this.#options;
    const asked = clock.now();
    const held = await leases.acquire(cluster);
    const running = this.#running.get(cluster);
    if (held && running) running.renewed = asked;
    else if (running) await this.#end(cluster);
    if (!held || running) return;
    const work = create(cluster);
    await work.start();
    this.#running.set(cluster, { work, renewed: asked });
  }

  /** While the database does not answer, what we own stays ours until the lease must have expired. */
  async #failed(cluster: string, error: Error) {
    this.#options.onError(error);
    const running = this.#running.get(cluster);
    if (running && this.#options.clock.now() - running.renewed >= LEASE_MS)
      await this.#end(cluster);
  }

  async #end(cluster: string) {
    const running = this.#running.get(cluster);
    this.#running.delete(cluster);
    await running?.work.stop();
  }
}
