import {
  type FieldPath,
  formatRef,
  type LabelSelector,
  podSpecPath,
  podTemplateOf,
  refOf,
} from '@waymark/kube-graph';
import { defineRule, fail, notApplicable, type PatchOperation, unknown } from '../../engine';
import { spreadTerms } from '../../selection';
import { replicaRange, type Scalable } from '../../workload';

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

const TEMPLATE_READS = {
  fields: [
    '/spec/replicas',
    '/spec/selector',
    '/spec/template/metadata/labels',
    '/spec/template/spec/affinity/podAntiAffinity',
    '/spec/template/spec/topologySpreadConstraints',
  ] as readonly FieldPath[],
};

export const spreadMissing = defineRule({
  id: 'spread-missing',
  title: 'Replicas may all run on one node or in one zone',
  severity: 'warning',
  level: 'resilient',
  kinds: ['Deployment', 'StatefulSet', 'ReplicaSet'],
  why: 'The scheduler packs pods where there is room. When that node or zone fails, all replicas fail with it.',
  remedy:
    'Add `topologySpreadConstraints` on `topology.kubernetes.io/zone` and `kubernetes.io/hostname` with `whenUnsatisfiable: ScheduleAnyway` and the selector of the workload.',
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
    'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  ],
  params: { minimum: 2 },
  reads: {
    Deployment: TEMPLATE_READS,
    StatefulSet: TEMPLATE_READS,
    ReplicaSet: TEMPLATE_READS,
    HorizontalPodAutoscaler: { fields: ['/spec/scaleTargetRef', '/spec/minReplicas'] },
    ScaledObject: { fields: ['/spec/scaleTargetRef', '/spec/minReplicaCount'] },
  },
  messages: {
    none: '{{workload}} neither spreads its pods nor keeps them apart: all may run on one node',
    'other-pods':
      '{{workload}} spreads by {{keys}}, and the selectors do not match its own pods: all may run on one node',
    'hostname-only':
      '{{workload}} spreads its pods over nodes and not over zones: all may run in one zone',
  },
  *check({ subject, graph, params }) {
    const range = replicaRange(subject, graph);
    if (!range.known) {
      yield unknown(range.gap);
      return;
    }
    if (range.min < params.minimum && !range.scalers.length) {
      yield notApplicable;
      return;
    }
    const terms = spreadTerms(subject);
    const own = terms.filter(({ ownPods }) => ownPods);
    if (own.some(({ topologyKey }) => topologyKey !== HOSTNAME)) return;
    const base = podSpecPath(subject);
    yield fail({
      code: codeOf(terms.length, own.length),
      ...(own.length && { severity: 'advice' }),
      args: {
        workload: formatRef(refOf(subject)),
        keys: terms.map(({ topologyKey }) => topologyKey).join(', '),
      },
      path: terms.length ? base : `${base}/topologySpreadConstraints`,
      actual: terms.map(({ topologyKey }) => topologyKey),
      expected: `a constraint on ${ZONE} for the workload's own labels`,
      ...(subject.spec?.selector && {
        fix: spread(subject, own.length ? [ZONE] : [ZONE, HOSTNAME]),
      }),
    });
  },
});

function codeOf(terms: number, own: number) {
  if (!terms) return 'none';
  return own ? 'hostname-only' : 'other-pods';
}

/** ScheduleAnyway prefers other places and never keeps a pod from running. */
function spread(workload: Scalable, keys: readonly string[]): readonly PatchOperation[] {
  const path = `${podSpecPath(workload)}/topologySpreadConstraints`;
  const constraints = keys.map(key => constraint(key, workload.spec.selector));
  return podTemplateOf(workload).spec.topologySpreadConstraints
    ? constraints.map(value => ({ op: 'add', path: `${path}/-`, value }))
    : [{ op: 'add', path, value: constraints }];
}

const constraint = (topologyKey: string, labelSelector: LabelSelector) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector,
});
