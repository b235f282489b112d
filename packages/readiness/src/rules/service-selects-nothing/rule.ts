import {
  formatSelector,
  type Graph,
  podTemplateReads,
  refOf,
  type Service,
  serviceSelector,
  WORKLOAD_KINDS,
} from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from '../../engine';
import { selectsPods } from '../../selection';

export const serviceSelectsNothing = defineRule({
  id: 'service-selects-nothing',
  title: 'A Service selects no pod',
  severity: 'error',
  level: 'deployable',
  kinds: ['Service'],
  why: 'The Service has no endpoints: every request to it is refused or times out, though all objects look fine.',
  remedy: 'Make `spec.selector` equal to labels of the pod template that should answer.',
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/',
  ],
  params: {},
  reads: {
    ...podTemplateReads('/metadata/labels'),
    Service: { fields: ['/spec/selector', '/spec/type'] },
  },
  messages: {
    nothing:
      'Service/{{service}} selects {{selector}}, and no pod of its namespace has these labels',
  },
  *check({ subject, graph }) {
    const selector = serviceSelector(subject);
    if (!selector) {
      yield notApplicable;
      return;
    }
    if (selectsPods(graph, subject.metadata.namespace ?? '', selector)) return;
    const gap = gapIn(graph, ...WORKLOAD_KINDS);
    if (gap) {
      yield unknown(gap);
      return;
    }
    yield fail({
      code: 'nothing',
      args: { service: subject.metadata.name, selector: formatSelector(subject.spec.selector) },
      path: '/spec/selector',
      actual: subject.spec.selector,
      expected: 'labels of a pod template',
      related: nearMisses(subject, graph),
    });
  },
});

/** Workloads that carry some of the labels: one of them is probably meant. */
function nearMisses({ metadata, spec }: Service, graph: Graph) {
  const carriers = Object.entries(spec.selector ?? {}).flatMap(([key, value]) =>
    graph.workloadsMatching(metadata.namespace ?? '', { matchLabels: { [key]: value } }),
  );
  return [...new Set(carriers)].map(refOf);
}
