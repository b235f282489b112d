import type { FieldPath, Scaler } from '@waymark/kube-graph';
import { RESOURCES, type Resource } from './resources';

/** A metric of a scaler that is a resource of the pods. */
export interface ScaledResource {
  readonly resource: Resource;
  /** Where only one container counts. */
  readonly container?: string;
  /** Whether use is compared with requests, which then have to be there. */
  readonly ofRequest: boolean;
  /** JSON pointer into the scaler. */
  readonly path: string;
}

/** What is read of KEDA's triggers: the rest of their metadata may hold a connection string. */
export const triggerReads: readonly FieldPath[] = [
  '/spec/triggers/type',
  '/spec/triggers/metricType',
  '/spec/triggers/metadata/type',
  '/spec/triggers/metadata/containerName',
];

/**
 * By which resources a scaler decides. A HorizontalPodAutoscaler without metrics, and every one of autoscaling/v1, scales on
 * the use of requested cpu.
 * Sources: https://kubernetes.io/docs/reference/kubernetes-api/autoscaling/horizontal-pod-autoscaler-v2/,
 * https://keda.sh/docs/2.18/scalers/cpu/, https://keda.sh/docs/2.18/scalers/memory/
 */
export function scaledResources(scaler: Scaler): ScaledResource[] {
  return scaler.kind === 'ScaledObject' ? ofTriggers(scaler) : ofMetrics(scaler);
}

function ofMetrics({ spec }: Extract<Scaler, { kind: 'HorizontalPodAutoscaler' }>) {
  const { metrics = [] } = spec ?? {};
  if (!metrics.length)
    return [{ resource: 'cpu' as const, ofRequest: true, path: '/spec/metrics' }];
  return metrics.flatMap(({ type, resource, containerResource }, index) => {
    const metric = type === 'ContainerResource' ? containerResource : resource;
    const container = type === 'ContainerResource' ? containerResource?.container : undefined;
    return named(metric?.name, {
      ...(container && { container }),
      ofRequest: metric?.target?.type === 'Utilization',
      path: `/spec/metrics/${index}`,
    });
  });
}

function ofTriggers({ spec }: Extract<Scaler, { kind: 'ScaledObject' }>) {
  return (spec?.triggers ?? []).flatMap(({ type, metricType, metadata = {} }, index) =>
    named(type, {
      ...(metadata.containerName && { container: metadata.containerName }),
      ofRequest: (metricType ?? metadata.type ?? 'Utilization') === 'Utilization',
      path: `/spec/triggers/${index}`,
    }),
  );
}

function named(name: string | undefined, rest: Omit<ScaledResource, 'resource'>): ScaledResource[] {
  const resource = RESOURCES.find(known => known === name);
  return resource ? [{ resource, ...rest }] : [];
}
