import { resolveCount, type Deployment } from '@waymark/kube-graph';

export interface RolloutBounds {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** What the API server fills in. Source: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable */
const DEFAULT = '25%';

/**
 * How many pods a rolling update may add and take away at a number of replicas. Percentages of surge round up, of
 * unavailability down; where both come out as zero the controller takes one pod away.
 * Undefined for a Deployment that is recreated, and for values that are no counts.
 * Source: ResolveFenceposts in https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/deployment/util/deployment_util.go
 */
export function rolloutBounds({ spec }: Deployment, replicas: number): RolloutBounds | undefined {
  if (spec?.strategy?.type === 'Recreate') return undefined;
  const { maxSurge = DEFAULT, maxUnavailable = DEFAULT } = spec?.strategy?.rollingUpdate ?? {};
  const surge = resolveCount(maxSurge, replicas, 'up');
  const unavailable = resolveCount(maxUnavailable, replicas, 'down');
  if (surge === undefined || unavailable === undefined) return undefined;
  return { maxSurge: surge, maxUnavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}
