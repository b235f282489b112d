import {
  formatRef,
  longRunningContainers,
  podTemplateReads,
  refOf,
  WORKLOAD_KINDS,
} from '@waymark/kube-graph';
import { defineRule, fail, unknown } from '../../engine';
import { instancesOf, limitOf, livePods, podLevel } from '../../workload';

export const memoryLimitMissing = defineRule({
  id: 'memory-limit-missing',
  title: 'A container may use all memory of its node',
  severity: 'error',
  level: 'resilient',
  kinds: WORKLOAD_KINDS,
  why: 'Memory cannot be throttled. A leak in a container without limit takes the node down, and every other pod on it.',
  remedy:
    'Set `resources.limits.memory` of every container, at one to two times its request; equal to it for a service that must stay up.',
  sources: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  params: {},
  reads: podTemplateReads(
    '/spec/resources',
    '/spec/containers/resources',
    '/spec/initContainers/resources',
  ),
  messages: { missing: 'Container {{container}} of {{workload}} has no memory limit' },
  *check({ subject, graph }) {
    const lacking = limitOf(podLevel(subject), 'memory')
      ? []
      : longRunningContainers(subject).filter(({ container }) => !limitOf(container, 'memory'));
    if (!lacking.length) return;
    const live = livePods(subject, graph);
    if (!live.known) {
      yield unknown(live.gap);
      return;
    }
    for (const { container, path } of lacking) {
      const instances = instancesOf(container.name, live.pods);
      if (instances.length && instances.every(instance => limitOf(instance, 'memory'))) continue;
      yield fail({
        code: 'missing',
        args: { container: container.name, workload: formatRef(refOf(subject)) },
        path: `${path}/resources/limits/memory`,
        expected: 'a memory limit',
      });
    }
  },
});
