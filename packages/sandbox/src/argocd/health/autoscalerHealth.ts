import type { HorizontalPodAutoscaler } from '../../kubernetes/objects/scaling';
import { degraded, type Health, healthy, progressing } from './Health';

const broken: Readonly<Record<string, readonly string[]>> = {
  AbleToScale: ['FailedGetScale', 'FailedUpdateScale'],
  ScalingActive: [
    'FailedGetResourceMetric',
    'FailedGetObjectMetric',
    'FailedGetPodsMetric',
    'FailedGetExternalMetric',
    'FailedComputeMetricsReplicas',
    'InvalidSelector',
  ],
};

/** Rules of gitops-engine/pkg/health/health_hpa.go. */
export function autoscalerHealth({ status }: HorizontalPodAutoscaler): Health {
  const conditions = status?.conditions ?? [];
  const failed = conditions.find(
    ({ type, status: is, reason = '' }) => is === 'False' && broken[type]?.includes(reason),
  );
  if (failed) return degraded(failed.message);
  const working = conditions.find(
    ({ type, status: is }) =>
      is === 'True' && (type === 'AbleToScale' || type === 'ScalingLimited'),
  );
  return working ? healthy(working.message) : progressing('Waiting to Autoscale');
}
