import {
  allContainers,
  formatRef,
  longRunningContainers,
  parseQuantity,
  podTemplateReads,
  refOf,
  WORKLOAD_KINDS,
  type Container,
  type Workload,
} from '@waymark/kube-graph';
import { defineRule, fail, notApplicable } from '../../engine';
import { isCritical, limitOf, podLevel, requestOf, RESOURCES, tierPath } from '../../workload';

export const memoryOvercommit = defineRule({
  id: 'memory-overcommit',
  title: 'A container may use far more memory than it reserves',
  severity: 'warning',
  level: 'resilient',
  kinds: WORKLOAD_KINDS,
  why: 'The scheduler counts requests, the kernel counts use. When pods reach for limits far above their requests the node runs out of memory and kills one of them, not always the guilty one.',
  remedy:
    'Bring `resources.requests.memory` to at least half of the limit; for a critical service make requests and limits of cpu and memory equal.',
  sources: [
    'https://docs.aws.amazon.com/eks/latest/best-practices/karpenter.html',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/#guaranteed',
  ],
  params: { maximumRatio: 2 },
  reads: podTemplateReads(
    tierPath,
    '/spec/resources',
    '/spec/containers/resources',
    '/spec/initContainers/resources',
  ),
  messages: {
    ratio:
      'Container {{container}} of {{workload}} may use {{limit}} of memory and reserves {{request}}, {{ratio}} times less',
    'not-guaranteed':
      '{{workload}} is critical and its pods are not Guaranteed: requests and limits of container {{container}} differ',
  },
  *check({ subject, params }) {
    const workload = formatRef(refOf(subject));
    const bounded = longRunningContainers(subject).flatMap(({ container, path }) => {
      const limit = limitOf(container, 'memory');
      const request = requestOf(container, 'memory');
      return limit === undefined || request === undefined
        ? []
        : [{ container, path, limit, request, ratio: ratioOf(limit, request) }];
    });
    if (!bounded.length && !isCritical(subject)) yield notApplicable;
    for (const { container, path, limit, request, ratio } of bounded) {
      if (ratio === undefined || ratio <= params.maximumRatio) continue;
      yield fail({
        code: 'ratio',
        args: { container: container.name, workload, limit, request, ratio: shown(ratio) },
        path: `${path}/resources/limits/memory`,
        actual: limit,
        expected: `at most ${params.maximumRatio} times the request`,
      });
    }
    const loose = isCritical(subject) ? firstNotGuaranteed(subject) : undefined;
    if (!loose) return;
    yield fail({
      code: 'not-guaranteed',
      severity: 'advice',
      args: { workload, container: loose.container.name },
      path: `${loose.path}/resources`,
      actual: loose.container.resources,
      expected: 'requests equal to limits for cpu and memory',
    });
  },
});

function ratioOf(limit: string | number, request: string | number): number | undefined {
  const [most, reserved] = [parseQuantity(limit), parseQuantity(request)];
  return most === undefined || reserved === undefined ? undefined : most / reserved;
}

const shown = (ratio: number) => Math.round(ratio * 100) / 100;

/** Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/#guaranteed */
function firstNotGuaranteed(subject: Workload) {
  return isGuaranteed(podLevel(subject))
    ? undefined
    : allContainers(subject).find(({ container }) => !isGuaranteed(container));
}

const isGuaranteed = (container: Pick<Container, 'resources'>): boolean =>
  RESOURCES.every(resource => {
    const limit = parseQuantity(limitOf(container, resource));
    return limit !== undefined && limit === parseQuantity(requestOf(container, resource));
  });
