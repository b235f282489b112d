import {
  formatRef,
  refOf,
  scaleTargetRef,
  type Graph,
  type ObjectRef,
  type Scaler,
} from '@waymark/kube-graph';
import {
  defineRule,
  fail,
  notApplicable,
  unknown,
  type Failure,
  type PatchOperation,
} from '../../engine';
import { isMadeByKeda, isScalable, scaleTarget, SCALER_KINDS } from '../../workload';

type Code = 'not-found' | 'no-such-kind' | 'not-scalable';

export const hpaTargetMissing = defineRule<(typeof SCALER_KINDS)[number], object, Code>({
  id: 'hpa-target-missing',
  title: 'An autoscaler scales nothing',
  severity: 'error',
  level: 'deployable',
  kinds: SCALER_KINDS,
  why: 'An autoscaler whose target does not exist is accepted without a word and never acts: the service keeps its replicas through every peak.',
  remedy:
    'Set `spec.scaleTargetRef` to the apiVersion, kind and name of a workload in the same namespace.',
  sources: [
    'https://kubernetes.io/docs/reference/kubernetes-api/autoscaling/horizontal-pod-autoscaler-v2/#HorizontalPodAutoscalerSpec',
    'https://github.com/kubernetes/kubernetes/issues/86032',
  ],
  params: {},
  reads: {
    HorizontalPodAutoscaler: { fields: ['/spec/scaleTargetRef'] },
    ScaledObject: { fields: ['/spec/scaleTargetRef'] },
  },
  messages: {
    'not-found': '{{scaler}} scales {{target}}, which does not exist in namespace {{namespace}}',
    'no-such-kind': '{{scaler}} scales {{target}} of API group "{{group}}", which has no such kind',
    'not-scalable': '{{scaler}} scales {{target}}, a kind without a number of replicas',
  },
  *check({ subject, graph }) {
    if (isMadeByKeda(subject)) {
      yield notApplicable;
      return;
    }
    const target = scaleTarget(subject, graph);
    if (target.state === 'unknown') {
      yield unknown(target.gap);
      return;
    }
    if (target.state === 'foreign') return;
    if (target.state !== 'workload') yield failure(target.state, subject, graph);
    else if (!isScalable(target.workload)) yield failure('not-scalable', subject, graph);
  },
});

function failure(code: Code, scaler: Scaler, graph: Graph): Failure<Code> {
  const ref = scaleTargetRef(scaler);
  const meant = meantBy(ref, graph);
  return fail({
    code,
    args: {
      scaler: formatRef(refOf(scaler)),
      target: formatRef(ref),
      group: ref.group,
      namespace: scaler.metadata.namespace ?? 'default',
    },
    path: '/spec/scaleTargetRef',
    actual: scaler.spec?.scaleTargetRef,
    expected: 'a Deployment, StatefulSet or ReplicaSet of the same namespace',
    ...(meant && { related: [meant], fix: pointingTo(meant) }),
  });
}

/** The one workload of that name which can be scaled, where only kind or group of the reference are wrong. */
function meantBy({ namespace, name }: ObjectRef, graph: Graph): ObjectRef | undefined {
  const [only, ...others] = graph
    .workloads(namespace ?? '')
    .filter(workload => workload.metadata.name === name && isScalable(workload));
  return only && !others.length ? refOf(only) : undefined;
}

const pointingTo = ({ group, kind, name }: ObjectRef): PatchOperation[] => [
  { op: 'replace', path: '/spec/scaleTargetRef', value: { apiVersion: `${group}/v1`, kind, name } },
];
