import { type Node, parseQuantity, type Pod } from '@waymark/kube-graph';
import { formatAmount } from '../../pods/formatAmount';
import type { ConsultedGraph } from '../../verdict/ConsultedGraph';
import type { Args } from '../../verdict/Verdict';
import { said } from '../evidence';
import { demandsOf, selectsNode, untolerated } from './nodeFit';

export type ScheduleCode =
  | 'unschedulable-cpu'
  | 'unschedulable-memory'
  | 'unschedulable-resource'
  | 'unschedulable-taint'
  | 'unschedulable-selector'
  | 'unschedulable-cordoned'
  | 'unschedulable-pod-affinity'
  | 'unschedulable-spread'
  | 'unschedulable-volume-zone'
  | 'unschedulable-volume-unbound'
  | 'unschedulable-claim-missing'
  | 'unschedulable-pod-limit'
  | 'unschedulable-host-port'
  | 'unschedulable';

interface Reason {
  readonly code: ScheduleCode;
  readonly args: Args;
}

/**
 * Which of the scheduler's reasons matters. Its message counts every node once, by the first filter that refused it, and
 * taints come before selectors: a pod that only tainted nodes suit and a pod that no node suits read the same. So the
 * nodes are asked first which of them the pod means; the message then says what those lack.
 */
export function reasonOf(message: string, pod: Pod, graph: ConsultedGraph): Reason {
  const [refusals] = message.split(/,? ?preemption:/);
  return volumeReason(refusals) ?? nodeReason(pod, graph) ?? messageReason(refusals, pod);
}

function volumeReason(refusals: string): Reason | undefined {
  const missing = /persistentvolumeclaim "([^"]+)" not found/.exec(refusals);
  if (missing) return { code: 'unschedulable-claim-missing', args: { claim: missing[1] } };
  // The message ends in a stray ". not found" (Kubernetes 1.36).
  return /unbound immediate PersistentVolumeClaims/.test(refusals)
    ? { code: 'unschedulable-volume-unbound', args: {} }
    : undefined;
}

/** Decided by the node objects alone, where all of them are known. */
function nodeReason(pod: Pod, graph: ConsultedGraph): Reason | undefined {
  if (!graph.knows('Node')) return undefined;
  const nodes = graph.nodes();
  if (!nodes.length) return undefined;
  const meant = nodes.filter(node => selectsNode(pod, node));
  if (!meant.length) return { code: 'unschedulable-selector', args: { demands: demandsOf(pod) } };
  const obstacles = meant.map(node => untolerated(pod, node).filter(({ key }) => key !== CORDON));
  if (meant.some((node, index) => !obstacles[index].length && !isCordoned(node))) return undefined;
  const keys = [...new Set(obstacles.flat().map(({ key }) => key))];
  return obstacles.every(taints => taints.length)
    ? { code: 'unschedulable-taint', args: { taints: listed(keys.sort()) } }
    : { code: 'unschedulable-cordoned', args: {} };
}

const isCordoned = ({ spec }: Node) =>
  spec?.unschedulable === true || (spec?.taints ?? []).some(({ key }) => key === CORDON);

/** Source: https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-unschedulable */
const CORDON = 'node.kubernetes.io/unschedulable';

/**
 * In order of what can be done about it: what a node would have had, had it been larger or freer, before what it was
 * never meant for. Source: the filter plugins' messages in k8s.io/kubernetes pkg/scheduler/framework/plugins.
 */
const TEXTS: readonly (readonly [RegExp, ScheduleCode])[] = [
  [/Insufficient cpu/, 'unschedulable-cpu'],
  [/Insufficient memory/, 'unschedulable-memory'],
  [/Insufficient /, 'unschedulable-resource'],
  [/Too many pods/, 'unschedulable-pod-limit'],
  [/free ports for the requested pod ports/, 'unschedulable-host-port'],
  [
    /volume node affinity conflict|PersistentVolume's node affinity|no available volume zone/i,
    'unschedulable-volume-zone',
  ],
  [/topology spread constraints/, 'unschedulable-spread'],
  [/pod (?:anti-)?affinity|anti-affinity rules/, 'unschedulable-pod-affinity'],
  [/didn't match Pod's node affinity|didn't match node selector/, 'unschedulable-selector'],
  [/untolerated taint/, 'unschedulable-taint'],
  [/node\(s\) were unschedulable/, 'unschedulable-cordoned'],
];

function messageReason(refusals: string, pod: Pod): Reason {
  const code = codeIn(refusals);
  switch (code) {
    case 'unschedulable-cpu':
    case 'unschedulable-memory': {
      const resource = code.slice('unschedulable-'.length);
      return { code, args: { requested: requestOf(pod, resource) } };
    }
    case 'unschedulable-resource':
      return {
        code,
        args: { resource: /Insufficient (\S+?)[.,]?(?:\s|$)/.exec(refusals)?.[1] ?? '' },
      };
    case 'unschedulable-selector':
      return { code, args: { demands: demandsOf(pod) } };
    case 'unschedulable-taint':
      return { code, args: { taints: taintsIn(refusals) } };
    case 'unschedulable':
      return { code, args: { said: said(refusals) } };
    default:
      return { code, args: {} };
  }
}

function codeIn(refusals: string): ScheduleCode {
  const codes = TEXTS.filter(([text]) => text.test(refusals)).map(([, code]) => code);
  const [first = 'unschedulable'] = codes;
  return BY_NODE.includes(first) && codes.length > 1 ? 'unschedulable' : first;
}

/** Which of these it is, only the nodes can tell. */
const BY_NODE: readonly ScheduleCode[] = [
  'unschedulable-selector',
  'unschedulable-taint',
  'unschedulable-cordoned',
];

/** Before 1.36 the message names the taint. */
const taintsIn = (refusals: string) =>
  listed([...refusals.matchAll(/untolerated taint(?:\(s\))? \{([^:}]+)/g)].map(([, key]) => key));

/** `: a, b`, or nothing where nothing is known. */
const listed = (names: readonly string[]) => (names.length ? `: ${names.join(', ')}` : '');

function requestOf({ spec }: Pod, resource: string): string {
  const sum = (spec?.containers ?? []).reduce(
    (total, { resources }) =>
      total +
      (parseQuantity(resources?.requests?.[resource] ?? resources?.limits?.[resource]) ?? 0),
    0,
  );
  return formatAmount(sum, resource);
}
