import {
  formatRef,
  longRunningContainers,
  refOf,
  type Scaler,
  type VerticalPodAutoscaler,
  type Workload,
} from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from '../../engine';
import {
  RESOURCES,
  SCALER_KINDS,
  scaledResources,
  scalersInEffect,
  triggerReads,
} from '../../workload';

/** Modes in which the vertical autoscaler leaves running pods alone. */
const PASSIVE = ['Off', 'Initial'];

export const scalerConflict = defineRule({
  id: 'scaler-conflict',
  title: 'Two autoscalers pull at one workload',
  severity: 'error',
  level: 'deployable',
  kinds: ['Deployment', 'StatefulSet', 'ReplicaSet'],
  why: 'Two scalers on one target undo each other: the replicas flap, or both stop with AmbiguousSelector. A vertical autoscaler that changes the requests moves the ground under a horizontal one that compares with them.',
  remedy:
    'Keep one HorizontalPodAutoscaler or ScaledObject for each workload, and set `updatePolicy.updateMode: "Off"` on a VerticalPodAutoscaler beside it.',
  sources: [
    'https://keda.sh/docs/2.18/concepts/admission-webhooks/',
    'https://github.com/kubernetes/autoscaler/blob/vertical-pod-autoscaler-1.5.0/vertical-pod-autoscaler/docs/known-limitations.md',
  ],
  params: {},
  reads: {
    HorizontalPodAutoscaler: { fields: ['/spec/metrics'] },
    ScaledObject: { fields: ['/spec/scaleTargetRef', ...triggerReads] },
    VerticalPodAutoscaler: {
      fields: ['/spec/targetRef', '/spec/updatePolicy', '/spec/resourcePolicy'],
    },
  },
  messages: {
    several: '{{workload}} is scaled by {{scalers}} at once',
    vertical:
      '{{workload}} is scaled on {{resources}} by {{scaler}} while {{vertical}} changes its {{resources}} requests (updateMode {{mode}})',
  },
  *check({ subject, graph }) {
    const workload = formatRef(refOf(subject));
    const scalers = scalersInEffect(subject, graph);
    const verticals = graph.verticalScalersOf(subject);
    let conflicts = 0;
    if (scalers.length > 1) {
      conflicts += 1;
      const names = scalers.map(scaler => formatRef(refOf(scaler))).sort();
      yield fail({
        code: 'several',
        args: { workload, scalers: names.join(' and ') },
        path: '',
        actual: names,
        expected: 'one scaler',
        related: scalers.map(refOf),
      });
    }
    for (const { scaler, vertical, resources, mode } of verticalConflicts(
      subject,
      scalers,
      verticals,
    )) {
      conflicts += 1;
      yield fail({
        code: 'vertical',
        args: {
          workload,
          scaler: formatRef(refOf(scaler)),
          vertical: formatRef(refOf(vertical)),
          resources: resources.join(' and '),
          mode,
        },
        path: '',
        key: `${formatRef(refOf(scaler))} ${formatRef(refOf(vertical))}`,
        actual: mode,
        expected: 'updateMode Off or Initial',
        related: [refOf(scaler), refOf(vertical)],
      });
    }
    if (conflicts) return;
    const gap = gapIn(graph, ...SCALER_KINDS, 'VerticalPodAutoscaler');
    if (gap) yield unknown(gap);
    else if (!scalers.length) yield notApplicable;
  },
});

function verticalConflicts(
  subject: Workload,
  scalers: readonly Scaler[],
  verticals: readonly VerticalPodAutoscaler[],
) {
  return verticals.flatMap(vertical => {
    const mode = vertical.spec?.updatePolicy?.updateMode ?? 'Auto';
    if (PASSIVE.includes(mode)) return [];
    return scalers.flatMap(scaler => {
      const shared = scaledResources(scaler).filter(({ resource, container }) =>
        controls(vertical, subject, resource, container),
      );
      const resources = RESOURCES.filter(name => shared.some(({ resource }) => resource === name));
      return resources.length ? [{ scaler, vertical, resources, mode }] : [];
    });
  });
}

/**
 * Whether a vertical autoscaler sets a resource of any container, or of one. A container follows the policy of its name, else
 * that of `*`; without one all of cpu and memory is set.
 * Source: https://github.com/kubernetes/autoscaler/blob/vertical-pod-autoscaler-1.5.0/vertical-pod-autoscaler/docs/api.md#containerresourcepolicy
 */
function controls(
  { spec }: VerticalPodAutoscaler,
  subject: Workload,
  resource: string,
  only?: string,
): boolean {
  const policies = spec?.resourcePolicy?.containerPolicies ?? [];
  return longRunningContainers(subject)
    .filter(({ container }) => !only || container.name === only)
    .some(({ container }) => {
      const policy =
        policies.find(({ containerName }) => containerName === container.name) ??
        policies.find(({ containerName }) => containerName === '*');
      const { mode = 'Auto', controlledResources = RESOURCES } = policy ?? {};
      return mode !== 'Off' && (controlledResources as readonly string[]).includes(resource);
    });
}
