import type { Node, Pod } from '@waymark/kube-graph';
import { conditionOf, conditionPath, isReady, conditionReads } from '../../pods/podState';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn, said } from '../evidence';
import { describe } from '../kubectl';

type Code = 'node-lost' | 'node-not-ready' | 'node-gone';

const onNode = (state: string): Condition => ({
  when: `the workload lacks ready pods, one of them is not ready, and the Node in its \`spec.nodeName\` ${state}`,
});

export const nodeLost = defineDetector<Code>({
  id: 'node-lost',
  title: 'A node is lost or not ready',
  why: 'When a node stops reporting, its pods keep their last state: running, with ready containers. Only the pod condition Ready turns False, without a reason; deletion starts after five minutes and ends when the node is back or gone.',
  sources: [
    'https://kubernetes.io/docs/concepts/architecture/nodes/#condition',
    'recorded on Kubernetes 1.36: Ready=False without reason beside ContainersReady=True',
  ],
  messages: {
    'node-lost': '{{workload}} is short of pods: node "{{node}}" stopped reporting',
    'node-not-ready': '{{workload}} is short of pods: node "{{node}}" is not ready{{said}}',
    'node-gone': '{{workload}} is short of pods: node "{{node}}" does not exist any more',
  },
  remedies: {
    'node-lost':
      'Look at the instance. If it will not come back, delete the Node so that its pods are freed; a StatefulSet replaces none before.',
    'node-not-ready': 'Look at kubelet, runtime and CNI on the node.',
    'node-gone': 'Wait for the garbage collection of its pods, or delete them with --force.',
  },
  conditions: {
    'node-lost': onNode('has condition Ready Unknown'),
    'node-not-ready': onNode('has condition Ready False'),
    'node-gone': onNode('does not exist any more'),
  },
  reads: {
    Pod: { fields: [...conditionReads, '/status/phase'] },
    Node: { fields: [...conditionReads] },
  },
  *detect(input) {
    const { pods, standing } = input;
    // A Job asks for no ready pods, and loses those that run all the same.
    if (standing.desired > 0 && standing.ready >= standing.desired) return;
    const findings = pods.flatMap(pod => findingOf(pod, input) ?? []);
    yield* collapse(findings, pods.length);
  },
});

function findingOf(pod: Pod, { graph }: DetectorInput): PodFinding<Code> | undefined {
  const { phase } = pod.status ?? {};
  if (isReady(pod) || !pod.spec?.nodeName || phase === 'Succeeded' || phase === 'Failed')
    return undefined;
  const node = graph.nodeOf(pod);
  const lost = node
    ? stateOf(node)
    : graph.knows('Node') && ({ code: 'node-gone', at: undefined } as const);
  if (!lost) return undefined;
  const ready = node && conditionOf(node, 'Ready');
  return {
    pod,
    code: lost.code,
    args: {
      node: pod.spec.nodeName,
      ...(lost.code === 'node-not-ready' && { said: said(ready?.message) }),
    },
    evidence: [
      ...(node
        ? evidenceIn(
            node,
            conditionPath(node, 'Ready', 'status'),
            conditionPath(node, 'Ready', 'reason'),
          )
        : evidenceIn(pod, '/spec/nodeName')),
      ...evidenceIn(pod, conditionPath(pod, 'Ready', 'status')),
    ],
    command: node ? describe(node) : describe(pod),
    ...(lost.at && { at: lost.at }),
    status: 'degraded',
  };
}

function stateOf(node: Node): { readonly code: Code; readonly at?: string } | undefined {
  const ready = conditionOf(node, 'Ready');
  if (!ready || ready.status === 'True') return undefined;
  const at = ready.lastTransitionTime;
  return { code: ready.status === 'Unknown' ? 'node-lost' : 'node-not-ready', ...(at && { at }) };
}
