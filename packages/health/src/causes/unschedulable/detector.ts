import type { Event, KubeObject, Pod } from '@waymark/kube-graph';
import { conditionOf, conditionPath, conditionReads } from '../../pods/podState';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type Detected, type DetectorInput } from '../Detector';
import { evidenceIn, said } from '../evidence';
import { describe } from '../kubectl';
import { CANNOT_START } from '../leads';
import { reasonOf, type ScheduleCode } from './reasonOf';

type Code = ScheduleCode | 'scheduling-gated';

/** Source: kstatus pkg/kstatus/status/core.go ScheduleWindow. */
const WINDOW_SECONDS = 15;
/** Karpenter needs this long to bring a node. Source: consolidated rules, row "unschedulable", upper end. */
const NODE_ON_ITS_WAY_SECONDS = 90;

const NO_NODE = `${CANNOT_START}: no node`;

const refused = (why: string): Condition => ({
  when: `condition PodScheduled of a pod is False with reason Unschedulable, and ${why}`,
  saidAfter: WINDOW_SECONDS,
  alarmAfter: NODE_ON_ITS_WAY_SECONDS,
  exception: 'where no Node has the label karpenter.sh/nodepool, it is an alarm at once',
});

export const unschedulable = defineDetector<Code>({
  id: 'unschedulable',
  title: 'No node takes a pod',
  why: 'The scheduler looks for a node that the pod may run on and that has what it asks for. While there is none the pod waits, and the scheduler tries again whenever something changes.',
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
    'kstatus: PodScheduled=False with reason Unschedulable for more than 15 s',
    'robusta pod_utils/pending_pod_utils.py: classes from the scheduler text',
  ],
  messages: {
    'unschedulable-cpu': `${NO_NODE} has the {{requested}} cpu free that it requests`,
    'unschedulable-memory': `${NO_NODE} has the {{requested}} of memory free that it requests`,
    'unschedulable-resource': `${NO_NODE} has enough {{resource}} free`,
    'unschedulable-taint': `${CANNOT_START}: the nodes that it may run on have taints that it does not tolerate{{taints}}`,
    'unschedulable-selector': `${NO_NODE} has the labels that it demands ({{demands}})`,
    'unschedulable-cordoned': `${CANNOT_START}: the nodes that it may run on are cordoned`,
    'unschedulable-pod-affinity': `${NO_NODE} satisfies its rules about which pods it runs beside`,
    'unschedulable-spread': `${NO_NODE} satisfies its topology spread constraints`,
    'unschedulable-volume-zone': `${NO_NODE} that it may run on can reach its volume, which is bound to another zone or node`,
    'unschedulable-volume-unbound': `${CANNOT_START}: volume claim "{{claim}}" is not bound{{said}}`,
    'unschedulable-claim-missing': `${CANNOT_START}: volume claim "{{claim}}" does not exist`,
    'unschedulable-pod-limit': `${CANNOT_START}: every node that it may run on holds as many pods as it can`,
    'unschedulable-host-port': `${CANNOT_START}: its host port is taken on every node that it may run on`,
    unschedulable: `${NO_NODE} takes it{{said}}`,
    'scheduling-gated': '{{workload}} is held back by scheduling gate "{{gate}}"',
  },
  remedies: {
    'unschedulable-cpu':
      'Lower the cpu request, or add nodes; look at what the autoscaler of the nodes says.',
    'unschedulable-memory': 'Lower the memory request, or add larger nodes.',
    'unschedulable-resource': 'Add nodes that offer the resource, or install its device plugin.',
    'unschedulable-taint': 'Add a toleration if the pod belongs there, or nodes without the taint.',
    'unschedulable-selector': 'Correct nodeSelector or node affinity, or label nodes accordingly.',
    'unschedulable-cordoned': 'Uncordon a node, or wait for the replacement of the drained ones.',
    'unschedulable-pod-affinity': 'Make the rule preferred instead of required, or add nodes.',
    'unschedulable-spread':
      'Set whenUnsatisfiable to ScheduleAnyway, or add nodes in the missing zone.',
    'unschedulable-volume-zone':
      'Add a node in the zone of the volume; an EBS volume cannot leave its zone.',
    'unschedulable-volume-unbound': 'Look at the claim: its storage class, provisioner and quota.',
    'unschedulable-claim-missing': 'Create the PersistentVolumeClaim, or correct its name.',
    'unschedulable-pod-limit':
      'Add nodes or larger ones; on EKS, prefix delegation raises the limit.',
    'unschedulable-host-port': 'Drop hostPort and use a Service.',
    unschedulable: 'Read the message of the scheduler in the evidence.',
    'scheduling-gated': 'Look for the controller that sets and removes this gate.',
  },
  conditions: {
    'unschedulable-cpu': refused('the message says Insufficient cpu'),
    'unschedulable-memory': refused('the message says Insufficient memory'),
    'unschedulable-resource': refused('the message says Insufficient, of another resource'),
    'unschedulable-taint': refused(
      'every Node that it means has a taint that it does not tolerate',
    ),
    'unschedulable-selector': refused('no Node satisfies its nodeSelector and required affinity'),
    'unschedulable-cordoned': refused('each Node that it means is cordoned or tainted'),
    'unschedulable-pod-affinity': refused('the message speaks of pod affinity or anti-affinity'),
    'unschedulable-spread': refused('the message speaks of topology spread constraints'),
    'unschedulable-volume-zone': refused('the message speaks of the node affinity of a volume'),
    'unschedulable-volume-unbound': refused(
      'the message says unbound immediate PersistentVolumeClaims',
    ),
    'unschedulable-claim-missing': refused('the message says that the claim is not found'),
    'unschedulable-pod-limit': refused('the message says Too many pods'),
    'unschedulable-host-port': refused('the message says that no free ports are left'),
    unschedulable: refused('the message tells no more, or several reasons that only Nodes decide'),
    'scheduling-gated': {
      when: 'condition PodScheduled of a pod has reason SchedulingGated',
      exception: 'the workload is suspended, which is no alarm',
    },
  },
  reads: {
    Pod: {
      fields: [
        '/spec/schedulingGates',
        '/spec/nodeSelector',
        '/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution',
        '/spec/tolerations',
        '/spec/containers/resources',
        ...conditionReads,
      ],
    },
    Node: { fields: ['/spec/taints', '/spec/unschedulable'] },
  },
  *detect(input) {
    const waiting = input.active.filter(pod => isUnschedulable(pod, input));
    if (waiting.length) yield* collapse(findingsOf(waiting, input), input.active.length);
    yield* gated(input);
  },
});

function isUnschedulable(pod: Pod, { clock }: DetectorInput): boolean {
  const { status, reason, lastTransitionTime } = conditionOf(pod, 'PodScheduled') ?? {};
  return (
    status === 'False' &&
    reason === 'Unschedulable' &&
    clock.lasted(lastTransitionTime, WINDOW_SECONDS)
  );
}

/** A thousand pods of one template with one message are asked about every node once. */
function findingsOf(pods: readonly Pod[], { graph, clock }: DetectorInput): PodFinding<Code>[] {
  const window = mayBeScaledByKarpenter(graph) ? NODE_ON_ITS_WAY_SECONDS : WINDOW_SECONDS;
  const reasons = new Map<string, ReturnType<typeof reasonOf>>();
  return pods.map(pod => {
    const { message = '', lastTransitionTime: at } = conditionOf(pod, 'PodScheduled') ?? {};
    const key = `${templateOf(pod)} ${message}`;
    const reason = reasons.get(key) ?? reasonOf(message, pod, graph);
    reasons.set(key, reason);
    const claim = reason.code === 'unschedulable-volume-unbound' ? claimOf(pod, graph) : undefined;
    return {
      pod,
      ...reason,
      ...(claim && { details: claim.args }),
      evidence: [
        ...evidenceIn(pod, conditionPath(pod, 'PodScheduled', 'message')),
        ...(claim?.event ? evidenceIn(claim.event, '/message') : []),
      ],
      command: describe(pod),
      ...(at && { at }),
      status: clock.lasted(at, window) ? 'degraded' : 'progressing',
    };
  });
}

const templateOf = ({ metadata: { labels, name } }: Pod) =>
  labels?.['pod-template-hash'] ?? labels?.['controller-revision-hash'] ?? name;

/** Source: https://karpenter.sh/docs/concepts/nodepools/, the label on every node that Karpenter made. */
const mayBeScaledByKarpenter = (graph: DetectorInput['graph']) =>
  !graph.knows('Node') ||
  graph.nodes().some(({ metadata }) => metadata.labels?.['karpenter.sh/nodepool'] !== undefined);

function claimOf({ spec, metadata }: Pod, graph: DetectorInput['graph']) {
  const claims = (spec?.volumes ?? []).flatMap(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
  );
  const events = claims.flatMap(name => [
    ...graph.warningsOf(claimNamed(name, metadata.namespace)),
  ]);
  const event: Event | undefined = events[0];
  return { args: { claim: claims.join(', '), said: said(event?.message) }, event };
}

const claimNamed = (name: string, namespace: string | undefined): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, ...(namespace && { namespace }) },
});

/** A gate is set on purpose. It is told only of pods that nothing else holds back. */
function* gated({ active }: DetectorInput): Iterable<Detected<Code>> {
  const pods = active.filter(pod => conditionOf(pod, 'PodScheduled')?.reason === 'SchedulingGated');
  const [pod] = pods;
  if (!pod) return;
  const gate = pod.spec?.schedulingGates?.[0]?.name ?? '';
  yield {
    status: 'suspended',
    cause: {
      code: 'scheduling-gated',
      args: { gate },
      evidence: evidenceIn(
        pod,
        '/spec/schedulingGates/0/name',
        conditionPath(pod, 'PodScheduled', 'reason'),
      ),
      command: describe(pod),
      affected: { pods: pods.length, of: active.length },
    },
  };
}
