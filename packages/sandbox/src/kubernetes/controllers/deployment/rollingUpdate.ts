import type { Deployment, ReplicaSet } from '../../objects/workload';
import { resolveCount } from '../../quantity/quantity';

/*
 * How many pods each ReplicaSet of a Deployment should have next, as pkg/controller/deployment/rolling.go and
 * util/deployment_util.go decide it. Pure: the controller carries the steps out.
 */

export interface Scaling {
  readonly replicaSet: ReplicaSet;
  readonly replicas: number;
}

export interface Generations {
  readonly current: ReplicaSet;
  readonly old: readonly ReplicaSet[];
}

const wanted = (sets: readonly ReplicaSet[]) =>
  sets.reduce((sum, { spec }) => sum + spec.replicas, 0);
const available = (sets: readonly ReplicaSet[]) =>
  sets.reduce((sum, { status }) => sum + (status.availableReplicas ?? 0), 0);

/** Surge is rounded up, unavailability down; both zero would block for ever, so one pod may then be missing. */
export function rollingLimits({ spec }: Deployment): { surge: number; unavailable: number } {
  const { type, rollingUpdate } = spec.strategy;
  if (type !== 'RollingUpdate' || spec.replicas === 0) return { surge: 0, unavailable: 0 };
  const surge = resolveCount(rollingUpdate?.maxSurge ?? '25%', spec.replicas, 'up');
  const unavailable = resolveCount(rollingUpdate?.maxUnavailable ?? '25%', spec.replicas, 'down');
  if (surge === 0 && unavailable === 0) return { surge, unavailable: 1 };
  return { surge, unavailable: Math.min(unavailable, spec.replicas) };
}

/** The size of the newest ReplicaSet: as far up as the surge allows. `current` is absent before it is created. */
export function nextReplicas(
  deployment: Deployment,
  { current, old }: { current?: ReplicaSet; old: readonly ReplicaSet[] },
): number {
  const { replicas, strategy } = deployment.spec;
  const present = current?.spec.replicas ?? 0;
  if (strategy.type === 'Recreate') return replicas;
  const total = wanted([...old, ...(current ? [current] : [])]);
  const limit = replicas + rollingLimits(deployment).surge;
  if (total >= limit) return present;
  return present + Math.min(limit - total, replicas - present);
}

/** Unhealthy old pods first, then healthy ones as far as availability allows. */
export function scaleDownOld(deployment: Deployment, { current, old }: Generations): Scaling[] {
  const minimum = deployment.spec.replicas - rollingLimits(deployment).unavailable;
  const missing = current.spec.replicas - (current.status.availableReplicas ?? 0);
  const allowance = wanted([...old, current]) - minimum - missing;
  if (allowance <= 0) return [];
  const afterCleanup = cleanUpUnhealthy(old, allowance);
  const spare = available([...old, current]) - minimum;
  return takeFrom(afterCleanup, spare).filter(
    ({ replicaSet, replicas }) => replicas !== replicaSet.spec.replicas,
  );
}

function cleanUpUnhealthy(old: readonly ReplicaSet[], allowance: number): Scaling[] {
  let left = allowance;
  return oldestFirst(old).map(replicaSet => {
    const unhealthy = replicaSet.spec.replicas - (replicaSet.status.availableReplicas ?? 0);
    const removed = Math.max(0, Math.min(left, unhealthy));
    left -= removed;
    return { replicaSet, replicas: replicaSet.spec.replicas - removed };
  });
}

function takeFrom(scalings: readonly Scaling[], spare: number): Scaling[] {
  let left = Math.max(0, spare);
  return scalings.map(({ replicaSet, replicas }) => {
    const removed = Math.min(left, replicas);
    left -= removed;
    return { replicaSet, replicas: replicas - removed };
  });
}

const oldestFirst = (sets: readonly ReplicaSet[]): ReplicaSet[] =>
  [...sets].sort((a, b) =>
    (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''),
  );
