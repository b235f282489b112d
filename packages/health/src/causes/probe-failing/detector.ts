import type { Pod } from '@waymark/kube-graph';
import { containersOf, type ContainerView, containerStatusReads } from '../../pods/containers';
import { conditionOf, conditionPath, conditionReads } from '../../pods/podState';
import { budgetSeconds, lastProbeFailure, probeReads } from '../../pods/probes';
import { collapse, type PodFinding } from '../collapse';
import { type Condition, defineDetector, type DetectorInput } from '../Detector';
import { evidenceIn } from '../evidence';
import { describe } from '../kubectl';
import { IS_NOT_READY } from '../leads';

type Code = 'readiness-failing' | 'startup-failing' | 'readiness-gate-closed';

/** A pod that never was ready may still be starting. Source: readiness rule live-probe-failing, "not ready > 5 min". */
const STARTING_SECONDS = 300;

/** "Connection refused" before the port listens, targets that a load balancer still registers: every start has them. Source: consolidated rules, row "late crash", "> 60 s". */
const QUIET_SECONDS = 60;

/** A pod that was ready and is not any more. Source: consolidated rules, row "late crash", "> 60 s". */
const LOST_SECONDS = 60;

const failing = (state: string): Condition => ({
  when: `a container runs and ${state}`,
  saidAfter: QUIET_SECONDS,
  alarmAfter: STARTING_SECONDS,
  exception: `the budget of its probes counts where it is longer; a pod that was ready before is named at once, and is an alarm after ${LOST_SECONDS} s`,
});

export const probeFailing = defineDetector<Code>({
  id: 'probe-failing',
  title: 'A container runs, and its probe fails',
  why: 'A container whose readiness probe fails gets no traffic; a rollout waits for it. The probe may be wrong as well as the service: a 401 or 429 comes from a middleware, a refused connection from a wrong port or a slow start.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'plugin-kubernetes-common error-detection/pods.ts: budget of the probe after the start',
    'recorded on Kubernetes 1.36: events stop after 25 while the probe still fails',
  ],
  messages: {
    'readiness-failing': `${IS_NOT_READY}: the readiness probe of container "{{container}}" fails{{saw}}`,
    'startup-failing': `${IS_NOT_READY}: the startup probe of container "{{container}}" fails{{saw}}`,
    'readiness-gate-closed': `${IS_NOT_READY}: its containers are, but readiness gate "{{gate}}" is closed`,
  },
  remedies: {
    'readiness-failing':
      'Ask the probe yourself from inside the pod. After 401, 403 or 429 exempt the probe path; after a refused connection compare the ports; after a timeout look at what the handler waits for.',
    'startup-failing': 'Look at the log of the start, and at the budget of the probe.',
    'readiness-gate-closed':
      'Look at who sets the condition, for `target-health.elbv2.k8s.aws` the AWS Load Balancer Controller and the health of the target.',
  },
  conditions: {
    'readiness-failing': failing('is not ready, and has a readiness probe'),
    'startup-failing': failing('has not passed its startup probe'),
    'readiness-gate-closed': {
      when: 'condition Ready of a pod is False with reason ReadinessGatesNotReady',
      saidAfter: QUIET_SECONDS,
      alarmAfter: STARTING_SECONDS,
    },
  },
  reads: {
    Pod: {
      fields: [
        ...probeReads('readinessProbe', 'startupProbe'),
        '/spec/readinessGates',
        ...conditionReads,
        ...containerStatusReads,
      ],
    },
  },
  detect: input =>
    collapse(
      input.active.flatMap(pod => [
        ...containersOf(pod).flatMap(view => ofContainer(view, input) ?? []),
        ...closedGates(pod, input),
      ]),
      input.active.length,
    ),
});

function ofContainer(view: ContainerView, input: DetectorInput): PodFinding<Code> | undefined {
  const { pod, name: container, spec, status, specPath, path, role } = view;
  const startedAt = status.state?.running?.startedAt;
  if (!startedAt || status.ready || role === 'init') return undefined;
  const { startupProbe: startup, readinessProbe: readiness } = spec ?? {};
  const starting = startup !== undefined && status.started === false;
  const probe = starting ? startup : readiness;
  if (!probe) return undefined;
  const timing = timingOf(view, startedAt, input);
  if (!timing) return undefined;
  const failure = lastProbeFailure(starting ? 'Startup' : 'Readiness', view, input.graph);
  return {
    pod,
    code: starting ? 'startup-failing' : 'readiness-failing',
    args: { container },
    details: { saw: failure?.saw ?? '' },
    evidence: [
      ...evidenceIn(pod, `${path}/ready`),
      ...(failure ? evidenceIn(failure.event, '/message') : []),
      ...evidenceIn(pod, `${specPath}/${starting ? 'startup' : 'readiness'}Probe/httpGet/path`),
    ],
    command: describe(pod),
    ...timing,
  };
}

function timingOf(
  { pod, spec, role }: ContainerView,
  startedAt: string,
  { clock, workload }: DetectorInput,
): Pick<PodFinding<Code>, 'at' | 'status'> | undefined {
  const ready = conditionOf(pod, 'Ready');
  const turned = ready?.status === 'False' ? ready.lastTransitionTime : undefined;
  const lost =
    role === 'main' && turned !== undefined && Date.parse(turned) - Date.parse(startedAt) > 1000;
  if (lost)
    return { at: turned, status: clock.lasted(turned, LOST_SECONDS) ? 'degraded' : 'progressing' };
  const budget =
    (spec?.startupProbe ? budgetSeconds(spec.startupProbe) : 0) +
    (spec?.readinessProbe ? budgetSeconds(spec.readinessProbe) : 0);
  const quiet = Math.max(budget, QUIET_SECONDS);
  if (!clock.lasted(startedAt, quiet)) return undefined;
  // A bare pod has no rollout whose deadline would say how long a start may take.
  const allowed = workload.kind === 'Pod' ? quiet : Math.max(budget, STARTING_SECONDS);
  return { at: startedAt, status: clock.lasted(startedAt, allowed) ? 'degraded' : 'progressing' };
}

function closedGates(pod: Pod, { clock }: DetectorInput): PodFinding<Code>[] {
  const ready = conditionOf(pod, 'Ready');
  if (ready?.status !== 'False' || ready.reason !== 'ReadinessGatesNotReady') return [];
  const gate = (pod.spec?.readinessGates ?? []).find(
    ({ conditionType }) => conditionOf(pod, conditionType)?.status !== 'True',
  );
  if (!gate) return [];
  const at = conditionOf(pod, 'ContainersReady')?.lastTransitionTime;
  if (!clock.lasted(at, QUIET_SECONDS)) return [];
  return [
    {
      pod,
      code: 'readiness-gate-closed',
      args: { gate: gate.conditionType },
      evidence: evidenceIn(
        pod,
        conditionPath(pod, 'Ready', 'message'),
        conditionPath(pod, gate.conditionType, 'reason'),
      ),
      command: describe(pod),
      ...(at && { at }),
      status: clock.lasted(at, STARTING_SECONDS) ? 'degraded' : 'progressing',
    },
  ];
}
