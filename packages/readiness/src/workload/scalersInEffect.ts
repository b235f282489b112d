import { controllerOwnerOf, type Graph, type Scaler, type Workload } from '@waymark/kube-graph';

/** Kinds whose absence has to be known before a workload can be said to keep its replicas. */
export const SCALER_KINDS = ['HorizontalPodAutoscaler', 'ScaledObject'] as const;

/**
 * The scalers of a workload, each counted once: KEDA acts through a HorizontalPodAutoscaler of its own, which is not a
 * second one.
 */
export const scalersInEffect = (workload: Workload, graph: Graph): readonly Scaler[] =>
  graph.scalersOf(workload).filter(scaler => graph.controllerOf(scaler)?.kind !== 'ScaledObject');

/** Whether KEDA made the autoscaler: its values are set on the ScaledObject. */
export const isMadeByKeda = (scaler: Scaler): boolean =>
  controllerOwnerOf(scaler)?.kind === 'ScaledObject';
