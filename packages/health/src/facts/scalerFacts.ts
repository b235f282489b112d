import { type HorizontalPodAutoscaler, refOf } from '@waymark/kube-graph';
import { metricReadings } from '../causes/autoscaler/metricsAbove';
import type { ScalerFacts } from './WorkloadFacts';

/** "4 of 2–10, cpu 62 % of 60 %". The minimum is 1 where none is set: the API's default. */
export const scalerFacts = (scaler: HorizontalPodAutoscaler): ScalerFacts => ({
  scaler: refOf(scaler),
  current: scaler.status?.currentReplicas ?? 0,
  desired: scaler.status?.desiredReplicas ?? 0,
  min: scaler.spec?.minReplicas ?? 1,
  max: scaler.spec?.maxReplicas ?? 0,
  metrics: metricReadings(scaler).map(({ name, current, target }) => ({
    name,
    target,
    ...(current !== undefined && { current }),
  })),
});
