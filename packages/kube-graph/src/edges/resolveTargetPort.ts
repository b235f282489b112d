import type { PodSpec, ServicePort } from '../objects';

export interface ResolvedPort {
  readonly container: string;
  readonly number: number;
}

/**
 * The container port that a Service port reaches in a pod. A name must be declared by a container for the same protocol;
 * a number is reached whether declared or not, so an undeclared number resolves to undefined and says nothing about the
 * truth. A `targetPort` of 0 or "" is defaulted to the Service's port by the API server.
 * Source: k8s.io/kubernetes pkg/api/v1/pod/util.go FindPort, pkg/apis/core/v1/defaults.go SetDefaults_Service
 */
export function resolveTargetPort(
  { port, targetPort: declared, protocol = 'TCP' }: ServicePort,
  spec: PodSpec,
): ResolvedPort | undefined {
  const target = declared || port;
  const named = typeof target === 'string' && !/^\d+$/.test(target);
  const sidecars = (spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  for (const container of [...(spec.containers ?? []), ...sidecars]) {
    const match = (container.ports ?? []).find(candidate =>
      named
        ? candidate.name === target && (candidate.protocol ?? 'TCP') === protocol
        : candidate.containerPort === Number(target),
    );
    if (match) return { container: container.name, number: match.containerPort };
  }
  return undefined;
}
