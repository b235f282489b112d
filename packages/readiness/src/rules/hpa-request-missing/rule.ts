import {
  formatRef,
  longRunningContainers,
  mergeReads,
  podTemplateReads,
  refOf,
  type Container,
  type Graph,
  type Workload,
} from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown, type Gap } from '../../engine';
import {
  isMadeByKeda,
  livePods,
  podLevel,
  requestOf,
  SCALER_KINDS,
  scaledResources,
  scaleTarget,
  type ScaledResource,
  triggerReads,
} from '../../workload';
import { injectedSidecars, injectionPaths } from './injectedSidecars';

export const hpaRequestMissing = defineRule({
  id: 'hpa-request-missing',
  title: 'An autoscaler compares use with a request that is missing',
  severity: 'error',
  level: 'deployable',
  kinds: SCALER_KINDS,
  why: 'Utilization is use divided by request. If one container of the pod has no request, sidecars included, the autoscaler computes nothing and never scales.',
  remedy:
    'Set the request of that resource in every container of the target, or scale on a `ContainerResource` metric of the container that matters.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details',
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#container-resource-metrics',
  ],
  params: {},
  reads: mergeReads(
    podTemplateReads(
      '/spec/resources',
      '/spec/containers/resources',
      '/spec/initContainers/resources',
      ...injectionPaths,
    ),
    {
      HorizontalPodAutoscaler: { fields: ['/spec/metrics'] },
      ScaledObject: { fields: ['/spec/scaleTargetRef', ...triggerReads] },
      Namespace: { fields: injectionPaths },
      Pod: { fields: ['/status/phase'] },
    },
  ),
  messages: {
    container:
      '{{scaler}} scales on {{resource}} of the request, and container {{container}} of {{workload}} has no {{resource}} request',
    sidecar:
      '{{scaler}} scales on {{resource}} of the request, and the injected sidecar {{container}} of {{workload}} gets no {{resource}} request',
  },
  *check({ subject, graph }) {
    const metrics = scaledResources(subject).filter(({ ofRequest }) => ofRequest);
    if (isMadeByKeda(subject) || !metrics.length) {
      yield notApplicable;
      return;
    }
    const target = scaleTarget(subject, graph);
    if (target.state !== 'workload') {
      yield target.state === 'unknown' ? unknown(target.gap) : notApplicable;
      return;
    }
    const { workload } = target;
    const live = livePods(workload, graph);
    if (!live.known) {
      yield unknown(live.gap);
      return;
    }
    for (const metric of metrics) {
      const { missing, gap } = live.pods.length
        ? { missing: live.pods.flatMap(pod => missingIn(pod, metric)), gap: undefined }
        : missingInManifests(workload, metric, graph);
      for (const [container, code] of new Map(missing)) {
        yield fail({
          code,
          args: {
            scaler: formatRef(refOf(subject)),
            resource: metric.resource,
            container,
            workload: formatRef(refOf(workload)),
          },
          path: metric.path,
          key: container,
          expected: `a ${metric.resource} request of container ${container}`,
          related: [refOf(workload)],
        });
      }
      if (!missing.length && gap) yield unknown(gap);
    }
  },
});

type Missing = [container: string, code: 'container' | 'sidecar'];

/** What the autoscaler adds up: the main containers and the native sidecars, or the one that the metric names. */
function missingIn(workload: Workload, { resource, container: only }: ScaledResource): Missing[] {
  if (!only && requestOf(podLevel(workload), resource)) return [];
  return longRunningContainers(workload)
    .map(({ container }) => container)
    .filter(
      (container: Container) =>
        (!only || container.name === only) && !requestOf(container, resource),
    )
    .map(({ name }): Missing => [name, 'container']);
}

/** Without live pods the template is judged, and what is known of the sidecars that admission will add. */
function missingInManifests(
  workload: Workload,
  metric: ScaledResource,
  graph: Graph,
): { missing: Missing[]; gap?: Gap } {
  const sidecars = requestOf(podLevel(workload), metric.resource)
    ? []
    : injectedSidecars(workload, graph).filter(
        ({ name }) => !metric.container || metric.container === name,
      );
  const of = (state: string) =>
    sidecars.filter(({ requests }) => requests(metric.resource) === state);
  const missing = [
    ...missingIn(workload, metric),
    ...of('unset').map(({ name }): Missing => [name, 'sidecar']),
  ];
  const undecided: Gap | undefined = of('unknown').length
    ? { kind: 'Pod', coverage: { state: 'open' } }
    : undefined;
  return { missing, gap: undecided ?? gapIn(graph, 'Namespace') };
}
