import {
  formatRef,
  longRunningContainers,
  mergeReads,
  podTemplateReads,
  refOf,
} from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from '../../engine';
import {
  isLongRunning,
  LONG_RUNNING_KINDS,
  portOwners,
  presenceReads,
  servedBy,
} from '../../workload';

export const probeReadinessMissing = defineRule({
  id: 'probe-readiness-missing',
  title: 'A container gets requests before it can answer them',
  severity: 'error',
  level: 'resilient',
  kinds: LONG_RUNNING_KINDS,
  why: 'Without a readiness probe a container counts as ready the moment it starts: every rollout and every restart sends requests into errors.',
  remedy:
    'Give the container behind the Service a `readinessProbe` on an HTTP path or gRPC service that answers once the process can serve.',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-readiness-probes',
  ],
  params: {},
  reads: mergeReads(podTemplateReads('/spec/restartPolicy'), presenceReads('readinessProbe')),
  messages: {
    missing:
      'Container {{container}} of {{workload}} answers for Service/{{service}} and has no readinessProbe',
  },
  *check({ subject, graph }) {
    if (!isLongRunning(subject)) {
      yield notApplicable;
      return;
    }
    if (longRunningContainers(subject).every(({ container }) => container.readinessProbe)) return;
    const behind = servedBy(subject, graph);
    if (!behind.served) {
      yield behind.outcome;
      return;
    }
    // Of several containers that may be meant, one with a probe holds the whole pod back until it is ready.
    const owners = portOwners(subject, behind.services);
    if (!owners.length) yield notApplicable;
    const lacking = owners.filter(({ candidates }) =>
      candidates.every(({ container }) => !container.readinessProbe),
    );
    const reported = new Set<string>();
    for (const { service, candidates } of lacking) {
      for (const { container, path } of candidates.slice(0, 1)) {
        if (reported.has(path)) continue;
        reported.add(path);
        yield fail({
          code: 'missing',
          args: {
            container: container.name,
            workload: formatRef(refOf(subject)),
            service: service.metadata.name,
          },
          path: `${path}/readinessProbe`,
          expected: 'a readinessProbe',
          related: [refOf(service)],
        });
      }
    }
    const gap = reported.size ? undefined : gapIn(graph, 'Service');
    if (gap) yield unknown(gap);
  },
});
