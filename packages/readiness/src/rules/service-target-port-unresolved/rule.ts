import {
  longRunningContainers,
  podTemplateOf,
  podTemplateReads,
  refOf,
  resolveTargetPort,
  type ServicePort,
  serviceSelector,
  WORKLOAD_KINDS,
  type Workload,
} from '@waymark/kube-graph';
import { defineRule, fail, gapIn, notApplicable, unknown } from '../../engine';

export const serviceTargetPortUnresolved = defineRule({
  id: 'service-target-port-unresolved',
  title: 'A Service sends to a port that no container declares',
  severity: 'error',
  level: 'deployable',
  kinds: ['Service'],
  why: 'A port name that no container carries yields endpoints without that port: connections are refused. A number that nothing declares is often a typo.',
  remedy:
    'Give the container port a name and use it as `targetPort`, so that both change together.',
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
    // A declared containerPort is informational, hence the weaker severity of numbers.
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  ],
  params: {},
  reads: {
    ...podTemplateReads(
      '/metadata/labels',
      '/spec/containers/name',
      '/spec/containers/ports',
      '/spec/initContainers/name',
      '/spec/initContainers/restartPolicy',
      '/spec/initContainers/ports',
    ),
    Service: { fields: ['/spec/selector', '/spec/type', '/spec/ports'] },
  },
  messages: {
    'unknown-name':
      'Port {{port}} of Service/{{service}} targets {{protocol}} port name {{target}}, which no container of {{workload}} declares',
    'other-port':
      'Port {{port}} of Service/{{service}} sends to {{target}}, and {{workload}} declares {{declared}}',
    'undeclared-number':
      'Port {{port}} of Service/{{service}} sends to {{target}}, which no container of {{workload}} declares',
  },
  *check({ subject, graph }) {
    if (!serviceSelector(subject) || !subject.spec.ports?.length) {
      yield notApplicable;
      return;
    }
    const workloads = graph.workloadsOf(subject);
    const unresolved = (subject.spec.ports ?? []).flatMap((port, index) =>
      workloads.some(workload => resolveTargetPort(port, podTemplateOf(workload).spec))
        ? []
        : [{ port, index }],
    );
    const gap = gapIn(graph, ...WORKLOAD_KINDS);
    if (gap && unresolved.length) {
      yield unknown(gap);
      return;
    }
    if (!workloads.length) {
      yield notApplicable;
      return;
    }
    for (const { port, index } of unresolved) {
      const target = port.targetPort || port.port;
      const code = codeOf(port, workloads);
      yield fail({
        code,
        ...(code !== 'unknown-name' && { severity: 'warning' }),
        args: {
          service: subject.metadata.name,
          port: port.name ?? port.port,
          target,
          protocol: port.protocol ?? 'TCP',
          workload: workloads.map(({ kind, metadata }) => `${kind}/${metadata.name}`).join(', '),
          declared: declaredPorts(workloads).join(', '),
        },
        path: `/spec/ports/${index}/${port.targetPort === undefined ? 'port' : 'targetPort'}`,
        actual: target,
        expected: declaredPorts(workloads),
        related: workloads.map(refOf),
      });
    }
  },
});

/** A target that only repeats the Service's own port, beside containers that declare others, was probably left out. */
function codeOf({ port, targetPort }: ServicePort, workloads: readonly Workload[]) {
  const target = targetPort || port;
  if (!/^\d+$/.test(String(target))) return 'unknown-name';
  return Number(target) === port && declaredPorts(workloads).length
    ? 'other-port'
    : 'undeclared-number';
}

function declaredPorts(workloads: readonly Workload[]): number[] {
  const ports = workloads.flatMap(workload =>
    longRunningContainers(workload).flatMap(({ container }) => container.ports ?? []),
  );
  return [...new Set(ports.map(({ containerPort }) => containerPort))];
}
