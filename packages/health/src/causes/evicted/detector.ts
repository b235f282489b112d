import type { Pod } from '@waymark/kube-graph';
import { conditionOf, conditionPath, conditionReads } from '../../pods/podState';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn, said } from '../evidence';
import { describe } from '../kubectl';

type Code = 'evicted-for-resource' | 'evicted' | 'node-shut-down' | 'rejected-by-node';

/** An eviction explains a shortage of the same hour, not one of next week: evicted pods stay as objects. Source: consolidated rules, row "crash". */
const RECENT_SECONDS = 3600;

const EVICTED =
  'with `status.reason` Evicted, or condition DisruptionTarget with reason TerminationByKubelet';

const podEnded = (how: string): Condition => ({
  when: `the workload lacks ready pods, and one ended within the last ${RECENT_SECONDS / 3600} h ${how}`,
});

export const evicted = defineDetector<Code>({
  id: 'evicted',
  title: 'Nodes evict or reject the pods',
  why: 'A node short of memory or disk ends pods, and refuses new ones while it is. Ended pods stay as objects in phase Failed, or Succeeded if their process ended with 0; what counts is whether others have taken their place.',
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
    'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions',
    'recorded on Kubernetes 1.36: an evicted pod whose process exits 0 is Succeeded without reason',
  ],
  messages: {
    'evicted-for-resource':
      '{{workload}} loses pods: node "{{node}}" is short of {{resource}} and evicts or refuses them',
    evicted: '{{workload}} loses pods: node "{{node}}" evicts them',
    'node-shut-down': '{{workload}} loses pods: node "{{node}}" shuts down',
    'rejected-by-node':
      '{{workload}} loses pods: node "{{node}}" rejects them, reason {{reason}}{{said}}',
  },
  remedies: {
    'evicted-for-resource':
      'Set requests that match the use, so that the scheduler spreads the load; for disk, limit logs and emptyDir volumes.',
    evicted: 'Read the message of the kubelet in the evidence.',
    'node-shut-down': 'Wait for the replacements; spread the pods over nodes and zones.',
    'rejected-by-node':
      'Look at the node: the scheduler and the kubelet disagree about what fits on it.',
  },
  conditions: {
    'evicted-for-resource': podEnded(`${EVICTED}; the message names the resource`),
    evicted: podEnded(`${EVICTED}; the message names no resource`),
    'node-shut-down': podEnded(`${EVICTED}; the message speaks of a shutdown`),
    'rejected-by-node': podEnded(
      'in phase Failed, with `status.reason` OutOf…, UnexpectedAdmissionError, NodeAffinity, NodePorts, Terminated, NodeShutdown or NodeLost',
    ),
  },
  reads: {
    Pod: {
      fields: [
        '/status/phase',
        '/status/reason',
        '/status/message',
        ...conditionReads,
        '/status/startTime',
      ],
    },
  },
  *detect(input) {
    const { standing, pods } = input;
    // A Job counts its own failures.
    if (standing.ready >= standing.desired) return;
    const findings = pods.flatMap(pod => findingOf(pod, input));
    yield* collapse(findings, findings.length);
  },
});

function findingOf(pod: Pod, { clock }: DetectorInput): PodFinding<Code>[] {
  const ended = endOf(pod);
  if (!ended) return [];
  const target = conditionOf(pod, 'DisruptionTarget');
  const at = target?.lastTransitionTime ?? pod.status?.startTime ?? pod.metadata.creationTimestamp;
  if (!clock.within(at, RECENT_SECONDS)) return [];
  return [
    {
      pod,
      ...ended,
      evidence: [
        ...evidenceIn(pod, '/status/reason', '/status/message'),
        ...evidenceIn(pod, conditionPath(pod, 'DisruptionTarget', 'reason')),
        ...evidenceIn(pod, conditionPath(pod, 'DisruptionTarget', 'message')),
      ],
      command: describe(pod),
      ...(at && { at }),
      status: 'degraded',
    },
  ];
}

/** Source: k8s.io/kubernetes pkg/kubelet/eviction, pkg/kubelet/nodeshutdown and the reasons of DisruptionTarget. */
function endOf(pod: Pod): Pick<PodFinding<Code>, 'code' | 'args'> | undefined {
  const { phase, reason = '', message = '' } = pod.status ?? {};
  const target = conditionOf(pod, 'DisruptionTarget');
  const disruption = target?.status === 'True' ? target.reason : undefined;
  const node = pod.spec?.nodeName ?? '';
  if (phase !== 'Failed' && phase !== 'Succeeded') return undefined;
  if (reason === 'Evicted' || disruption === 'TerminationByKubelet') {
    if (/shut ?down/i.test(`${message} ${target?.message}`))
      return { code: 'node-shut-down', args: { node } };
    const resource = resourceIn(`${message} ${target?.message ?? ''}`);
    return resource
      ? { code: 'evicted-for-resource', args: { node, resource } }
      : { code: 'evicted', args: { node } };
  }
  if (phase === 'Failed' && REJECTIONS.test(reason))
    return { code: 'rejected-by-node', args: { node, reason, said: said(message) } };
  return undefined;
}

const REJECTIONS =
  /^(OutOf\w+|UnexpectedAdmissionError|NodeAffinity|NodePorts|Terminated|NodeShutdown|NodeLost)$/;

function resourceIn(message: string): string | undefined {
  const low = /low on resource: ([\w-]+)/.exec(message);
  if (low) return RESOURCES[low[1]] ?? low[1];
  const pressure = /had condition: \[(\w+)Pressure\]/.exec(message);
  return pressure ? RESOURCES[pressure[1]] : undefined;
}

/** The eviction signal and the node condition of one shortage, by one name. */
const RESOURCES: Readonly<Record<string, string>> = {
  'ephemeral-storage': 'disk',
  inodes: 'disk',
  Disk: 'disk',
  memory: 'memory',
  Memory: 'memory',
  pids: 'process ids',
  PID: 'process ids',
};
