import {
  formatRef,
  longRunningContainers,
  mergeReads,
  podTemplateOf,
  podTemplateReads,
  refOf,
  type Container,
  type Workload,
} from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown, type PatchOperation } from '../../engine';
import {
  isLongRunning,
  LONG_RUNNING_KINDS,
  portOwners,
  preStopReads,
  servedBy,
} from '../../workload';

export const prestopMissing = defineRule({
  id: 'prestop-missing',
  title: 'A pod stops before its endpoints are gone',
  severity: 'warning',
  level: 'resilient',
  kinds: LONG_RUNNING_KINDS,
  why: 'Kubernetes takes a pod out of its endpoints and sends SIGTERM at the same time. Until every proxy and load balancer has heard of it, requests still arrive at a process that is gone: 502s in every rollout.',
  remedy:
    'Give the container behind the Service `lifecycle.preStop.sleep.seconds: 10` (an exec `sleep 10` before Kubernetes 1.30).',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html',
  ],
  params: { seconds: 10 },
  reads: mergeReads(
    podTemplateReads('/spec/restartPolicy', '/spec/terminationGracePeriodSeconds'),
    preStopReads,
  ),
  messages: {
    missing:
      'Container {{container}} of {{workload}} answers for Service/{{service}} and has no preStop delay',
    'zero-sleep':
      'Container {{container}} of {{workload}} answers for Service/{{service}} and its preStop hook sleeps 0 s',
  },
  *check({ subject, graph, params }) {
    if (!isLongRunning(subject)) {
      yield notApplicable;
      return;
    }
    if (longRunningContainers(subject).every(({ container }) => waits(container))) return;
    const behind = servedBy(subject, graph);
    if (!behind.served) {
      yield behind.outcome;
      return;
    }
    const owners = portOwners(subject, behind.services);
    if (!owners.length) yield notApplicable;
    const reported = new Set<string>();
    for (const { service, candidates } of owners) {
      // Which of several containers is meant is not known: one that waits may be it.
      if (candidates.some(({ container }) => waits(container))) continue;
      for (const { container, path } of candidates.slice(0, 1)) {
        if (reported.has(path)) continue;
        reported.add(path);
        yield fail({
          code: container.lifecycle?.preStop ? 'zero-sleep' : 'missing',
          args: {
            container: container.name,
            workload: formatRef(refOf(subject)),
            service: service.metadata.name,
          },
          path: `${path}/lifecycle/preStop`,
          actual: container.lifecycle?.preStop,
          expected: `a sleep of ${params.seconds} s`,
          related: [refOf(service)],
          fix: fixFor(subject, container, path, params.seconds),
        });
      }
    }
    const gap = reported.size ? undefined : gapIn(graph, 'Service');
    if (gap) yield unknown(gap);
  },
});

/** A hook that runs a command or calls the container is taken to wait: what it does is not in the manifest. */
function waits({ lifecycle }: Container): boolean {
  const hook = lifecycle?.preStop;
  return hook !== undefined && (hook.sleep === undefined || hook.sleep.seconds > 0);
}

/** None where the sleep would use up the grace period: the process would be killed instead. */
function fixFor(
  subject: Workload,
  { lifecycle }: Container,
  path: string,
  seconds: number,
): PatchOperation[] | undefined {
  const { terminationGracePeriodSeconds: grace = 30 } = podTemplateOf(subject).spec;
  if (grace <= seconds) return undefined;
  const preStop = { sleep: { seconds } };
  return lifecycle
    ? [{ op: 'add', path: `${path}/lifecycle/preStop`, value: preStop }]
    : [{ op: 'add', path: `${path}/lifecycle`, value: { preStop } }];
}
