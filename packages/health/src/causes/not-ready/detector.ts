import type { Pod, Workload } from '@waymark/kube-graph';
import { containersOf, containerStatusReads } from '../../pods/containers';
import { isReady, unreadySince, conditionReads } from '../../pods/podState';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn } from '../evidence';
import { describe } from '../kubectl';
import { IS_NOT_READY } from '../leads';
import { DEFAULT_DEADLINE_SECONDS } from '../rollout-stuck/detector';

type Code = 'pods-not-ready' | 'pods-missing';

const lacking = (what: string): Condition => ({
  when: `${what}, all events can be read, and no other cause is found`,
  saidAfter: DEFAULT_DEADLINE_SECONDS,
  exception: 'a Deployment with `spec.progressDeadlineSeconds` has that long',
});

/** Asked only when nothing else speaks: it says what is missing and admits that nothing says why. */
export const notReady = defineDetector<Code>({
  id: 'not-ready',
  title: 'Pods are missing or not ready, and nothing says why',
  why: 'The workload has fewer ready pods than it asks for, for longer than a rollout may take, and neither states nor events give a reason.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds',
  ],
  messages: {
    'pods-not-ready': `${IS_NOT_READY}: {{state}}, and nothing says why`,
    'pods-missing': '{{workload}} has {{exist}} of {{desired}} pods, and nothing says why',
  },
  remedies: {
    'pods-not-ready': 'Describe one of the pods and read its log.',
    'pods-missing': 'Look at the events of the workload and the log of its controller.',
  },
  conditions: {
    'pods-not-ready': lacking('a pod is not ready'),
    'pods-missing': lacking('the workload has fewer pods than it asks for'),
  },
  reads: {
    Pod: {
      fields: ['/status/phase', ...conditionReads, '/status/startTime', ...containerStatusReads],
    },
    Deployment: { fields: ['/spec/progressDeadlineSeconds'] },
  },
  *detect(input) {
    const { workload, active, standing, graph, clock } = input;
    // Without the events nobody can say that nothing says why.
    if (standing.ready >= standing.desired || !graph.knows('Event')) return;
    const findings = active
      .filter(pod => !isReady(pod))
      .flatMap(pod => findingOf(pod, input) ?? []);
    yield* collapse(findings, active.length);
    const since = standing.since ?? workload.metadata.creationTimestamp;
    if (findings.length || active.length >= standing.desired || !graph.knowsPodsOf(workload))
      return;
    if (!clock.lasted(since, deadlineOf(workload))) return;
    yield {
      status: 'degraded',
      cause: {
        code: 'pods-missing',
        args: { exist: active.length, desired: standing.desired },
        evidence: evidenceIn(workload, '/spec/replicas', '/status/desiredNumberScheduled'),
        command: describe(workload),
      },
    };
  },
});

function findingOf(pod: Pod, { workload, clock }: DetectorInput): PodFinding<Code> | undefined {
  const at = unreadySince(pod);
  if (!clock.lasted(at, deadlineOf(workload))) return undefined;
  const blocking = containersOf(pod).find(({ status }) => !status.ready);
  const { waiting } = blocking?.status.state ?? {};
  return {
    pod,
    code: 'pods-not-ready',
    args: { state: waiting?.reason ?? pod.status?.phase ?? 'Unknown' },
    evidence: [
      ...evidenceIn(pod, '/status/phase'),
      ...evidenceIn(pod, blocking && `${blocking.path}/state/waiting/reason`),
    ],
    command: describe(pod),
    ...(at && { at }),
    status: 'degraded',
  };
}

const deadlineOf = (workload: Workload) =>
  (workload.kind === 'Deployment' && workload.spec?.progressDeadlineSeconds) ||
  DEFAULT_DEADLINE_SECONDS;
