import type { FaultInjector } from '../kubernetes/faults/FaultInjector';
import type { SimulatedCluster } from '../kubernetes/startSimulatedCluster';
import type { Seed } from './readSeed';

const MINUTE = 60_000;

/** How far back the cluster's time has to start so that the seed has its past. */
export const pastOf = ({ deployedMinutesAgo }: Seed): number =>
  deployedMinutesAgo * MINUTE + SETTLE_MILLISECONDS;

/** For the controllers that a new cluster starts with. */
const SETTLE_MILLISECONDS = 1000;

export interface SeedPlay {
  readonly simulation: SimulatedCluster;
  readonly faults: FaultInjector;
  /** Brings the objects of the seed into the cluster, at the time that it has then. */
  deploy(seed: Seed): Promise<void>;
}

/** Lives through the seed's past in no time, from its deployment through its faults to the present. */
export async function playSeed(
  seed: Seed,
  { simulation, faults, deploy }: SeedPlay,
): Promise<void> {
  const { cluster } = simulation;
  const { timeline } = cluster;
  timeline.advanceBy(SETTLE_MILLISECONDS);
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: seed.namespace } });
  await deploy(seed);
  let left = seed.deployedMinutesAgo;
  for (const { workload, fault, minutesAgo } of seed.faults) {
    timeline.advanceBy((left - minutesAgo) * MINUTE);
    faults.break({ namespace: seed.namespace, name: workload }, fault);
    left = minutesAgo;
  }
  timeline.advanceBy(left * MINUTE);
}
