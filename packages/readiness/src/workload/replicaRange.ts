import type {
  Deployment,
  Graph,
  ReplicaSet,
  Scaler,
  StatefulSet,
  Workload,
} from '@waymark/kube-graph';
import { gapIn, type Gap } from '../engine';
import { SCALER_KINDS, scalersInEffect } from './scalersInEffect';

/** Workloads that run a number of equal pods. */
export type Scalable = Deployment | StatefulSet | ReplicaSet;

export const isScalable = (workload: Workload): workload is Scalable =>
  ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(workload.kind);

export type ReplicaRange =
  | {
      readonly known: true;
      readonly min: number;
      readonly max: number;
      readonly scalers: readonly Scaler[];
    }
  | { readonly known: false; readonly gap: Gap };

/** How few and how many pods a workload may be told to run: its scalers' bounds, or its own number of replicas. */
export function replicaRange(workload: Scalable, graph: Graph): ReplicaRange {
  const gap = gapIn(graph, ...SCALER_KINDS);
  if (gap) return { known: false, gap };
  const scalers = scalersInEffect(workload, graph);
  if (!scalers.length) {
    const replicas = workload.spec?.replicas ?? 1;
    return { known: true, min: replicas, max: replicas, scalers };
  }
  const bounds = scalers.map(scalerBounds);
  return {
    known: true,
    min: Math.min(...bounds.map(({ min }) => min)),
    max: Math.max(...bounds.map(({ max }) => max)),
    scalers,
  };
}

/**
 * The bounds of a scaler with the defaults of its API.
 * Sources: https://kubernetes.io/docs/reference/kubernetes-api/autoscaling/horizontal-pod-autoscaler-v2/,
 * https://keda.sh/docs/2.18/reference/scaledobject-spec/
 */
export function scalerBounds(scaler: Scaler): { readonly min: number; readonly max: number } {
  if (scaler.kind === 'HorizontalPodAutoscaler') {
    const { minReplicas = 1, maxReplicas = minReplicas } = scaler.spec ?? {};
    return { min: minReplicas, max: maxReplicas };
  }
  const { minReplicaCount = 0, maxReplicaCount = 100 } = scaler.spec ?? {};
  return { min: minReplicaCount, max: maxReplicaCount };
}
