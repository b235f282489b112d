import {
  containersOf,
  lastTerminationOf,
  type ContainerView,
  containerStatusReads,
} from '../../pods/containers';
import { conditionOf, conditionPath, conditionReads } from '../../pods/podState';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn } from '../evidence';
import { describe } from '../kubectl';
import { RUNS_OUT_OF_MEMORY } from '../leads';

type Code = 'oom-limit' | 'oom-node';

/** Source: readiness rule live-oom, "lastState.terminated.reason OOMKilled within 24 h": a leak takes hours to come back. */
const RECENT_SECONDS = 24 * 3600;

const killed = (where: string): Condition => ({
  when: `a container ended with reason OOMKilled, now or within the last ${RECENT_SECONDS / 3600} h, and ${where}`,
});

export const oomKilled = defineDetector<Code>({
  id: 'oom-killed',
  title: 'A container is killed for memory',
  why: 'The kernel kills a process of a container that reaches its memory limit, or of the container that exceeds its request the most when the whole node runs out of memory.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#node-out-of-memory-behavior',
    'robusta playbooks oom_killer.py: limit against node',
  ],
  messages: {
    'oom-limit': `${RUNS_OUT_OF_MEMORY}: container "{{container}}" is killed at its memory limit of {{limit}}`,
    'oom-node': `${RUNS_OUT_OF_MEMORY}: container "{{container}}" is killed because node "{{node}}" is short of memory`,
  },
  remedies: {
    'oom-limit':
      'Compare the working set with the limit: raise limit and request together, or look for a leak.',
    'oom-node':
      'Give every container on the node a memory request and a limit that match its use; the first to be killed is the one furthest above its request.',
  },
  conditions: {
    'oom-limit': killed('it has a memory limit and its Node no MemoryPressure'),
    'oom-node': killed('it has no memory limit, or its Node has MemoryPressure'),
  },
  reads: {
    Pod: {
      fields: [
        '/spec/containers/resources',
        '/spec/initContainers/resources',
        ...containerStatusReads,
      ],
    },
    Node: { fields: [...conditionReads] },
  },
  detect: input =>
    collapse(
      input.active.flatMap(pod => containersOf(pod).flatMap(view => findingOf(view, input))),
      input.active.length,
    ),
});

function findingOf(view: ContainerView, { graph, clock }: DetectorInput): PodFinding<Code>[] {
  const { pod, name: container, status, spec, specPath } = view;
  const last = lastTerminationOf(view);
  if (last?.termination.reason !== 'OOMKilled') return [];
  const { finishedAt } = last.termination;
  if (!last.current && !clock.within(finishedAt, RECENT_SECONDS)) return [];
  const limit = spec?.resources?.limits?.memory;
  const node = graph.nodeOf(pod);
  const pressed = node && conditionOf(node, 'MemoryPressure')?.status === 'True';
  const byNode = limit === undefined || pressed;
  return [
    {
      pod,
      code: byNode ? 'oom-node' : 'oom-limit',
      args: { container, ...(!byNode && { limit }) },
      details: {
        restarts: status.restartCount ?? 0,
        ...(byNode && { node: pod.spec?.nodeName ?? '' }),
      },
      evidence: [
        ...evidenceIn(pod, `${last.path}/reason`, `${last.path}/finishedAt`),
        ...evidenceIn(pod, specPath && `${specPath}/resources/limits/memory`),
        ...(pressed ? evidenceIn(node, conditionPath(node, 'MemoryPressure', 'status')) : []),
      ],
      command: describe(pod),
      ...(finishedAt && { at: finishedAt }),
      status: 'degraded',
    },
  ];
}
