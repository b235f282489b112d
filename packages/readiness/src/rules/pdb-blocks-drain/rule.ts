import {
  formatRef,
  type Graph,
  podTemplateReads,
  type PodDisruptionBudget,
  refOf,
  resolveCount,
  WORKLOAD_KINDS,
  type Workload,
} from '@waymark/kube-graph';
import {
  defineRule,
  fail,
  type Gap,
  gapIn,
  notApplicable,
  type PatchOperation,
  unknown,
} from '../../engine';
import { isScalable, replicaRange } from '../../workload';

export const pdbBlocksDrain = defineRule({
  id: 'pdb-blocks-drain',
  title: 'A PodDisruptionBudget never lets a pod go',
  severity: 'error',
  level: 'resilient',
  kinds: ['PodDisruptionBudget'],
  why: 'Node drains wait for ever: upgrades of the node group fail, Karpenter cannot replace a node, and in the end somebody deletes the pods by force.',
  remedy:
    'Use `maxUnavailable: 1`. It stays right when the number of replicas changes; `minAvailable` does not.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#think-about-how-your-application-reacts-to-disruptions',
    // All pods that a budget selects count together: k8s.io/kubernetes pkg/controller/disruption getExpectedPodCount.
    'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets',
  ],
  params: {},
  reads: {
    ...podTemplateReads('/metadata/labels'),
    Deployment: { fields: ['/spec/template/metadata/labels', '/spec/replicas'] },
    StatefulSet: { fields: ['/spec/template/metadata/labels', '/spec/replicas'] },
    ReplicaSet: { fields: ['/spec/template/metadata/labels', '/spec/replicas'] },
    PodDisruptionBudget: {
      fields: ['/spec/selector', '/spec/minAvailable', '/spec/maxUnavailable'],
    },
    HorizontalPodAutoscaler: { fields: ['/spec/scaleTargetRef', '/spec/minReplicas'] },
    ScaledObject: { fields: ['/spec/scaleTargetRef', '/spec/minReplicaCount'] },
  },
  messages: {
    'none-unavailable': '{{budget}} allows maxUnavailable {{value}}: no pod may ever be evicted',
    'all-available': '{{budget}} asks for minAvailable {{value}}: no pod may ever be evicted',
    'no-room':
      '{{budget}} asks for minAvailable {{value}}, which is all of the {{pods}} pods that {{workloads}} runs at least',
  },
  *check({ subject, graph }) {
    const { minAvailable, maxUnavailable } = subject.spec ?? {};
    const budget = formatRef(refOf(subject));
    if (maxUnavailable !== undefined && resolveCount(maxUnavailable, 100, 'up') === 0) {
      yield fail({
        code: 'none-unavailable',
        args: { budget, value: maxUnavailable },
        path: '/spec/maxUnavailable',
        actual: maxUnavailable,
        expected: 1,
        fix: [{ op: 'replace', path: '/spec/maxUnavailable', value: 1 }],
      });
    }
    if (minAvailable === undefined) return;
    const asked = { path: '/spec/minAvailable', actual: minAvailable, fix: fixFor(subject) };
    if (isPercentage(minAvailable) && parseInt(String(minAvailable), 10) >= 100) {
      yield fail({ code: 'all-available', args: { budget, value: minAvailable }, ...asked });
      return;
    }
    const selected = selectedPods(subject, graph);
    if (selected.state === 'unknown') {
      yield unknown(selected.gap);
      return;
    }
    if (selected.state === 'none') {
      yield notApplicable;
      return;
    }
    const { pods, workloads } = selected;
    const needed = resolveCount(minAvailable, pods, 'up');
    if (needed === undefined || needed < pods) return;
    yield fail({
      code: 'no-room',
      args: {
        budget,
        value: minAvailable,
        pods,
        workloads: workloads.map(workload => formatRef(refOf(workload))).join(', '),
      },
      ...asked,
      expected: `fewer than ${pods}`,
      related: workloads.map(refOf),
    });
  },
});

type SelectedPods =
  | { readonly state: 'known'; readonly pods: number; readonly workloads: readonly Workload[] }
  | { readonly state: 'none' }
  | { readonly state: 'unknown'; readonly gap: Gap };

/** How few pods a budget may have to share out. Pods whose number no field tells (of a DaemonSet) leave it open. */
function selectedPods({ metadata, spec }: PodDisruptionBudget, graph: Graph): SelectedPods {
  const gap = gapIn(graph, ...WORKLOAD_KINDS);
  if (gap) return { state: 'unknown', gap };
  const { namespace = '' } = metadata;
  const workloads = spec?.selector ? graph.workloadsMatching(namespace, spec.selector) : [];
  let pods = 0;
  for (const workload of workloads) {
    if (workload.kind === 'Pod') pods += 1;
    else if (!isScalable(workload)) return { state: 'none' };
    else {
      const range = replicaRange(workload, graph);
      if (!range.known) return { state: 'unknown', gap: range.gap };
      pods += range.min;
    }
  }
  return pods ? { state: 'known', pods, workloads } : { state: 'none' };
}

/** The API server refuses both fields at once. */
const fixFor = ({ spec }: PodDisruptionBudget): readonly PatchOperation[] => [
  { op: 'remove', path: '/spec/minAvailable' },
  {
    op: spec.maxUnavailable === undefined ? 'add' : 'replace',
    path: '/spec/maxUnavailable',
    value: 1,
  },
];

const isPercentage = (value: number | string) => String(value).endsWith('%');
