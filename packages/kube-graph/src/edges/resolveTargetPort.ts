import type { PodSpec, ServicePort } from '../objects';

export interface ResolvedPort {
  readonly container: string;
  readonly number: number;
}

/**
 * The container port that a Service port reaches in a pod. A name must be declared by a container; a number is reached
 * whether declared or not, so an undeclared number resolves to undefined and says nothing about the truth.
 */
export function resolveTargetPort(
  { port, targetPort = port }: ServicePort,
  spec: PodSpec,
): ResolvedPort | undefined {
  const sidecars = (spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  for (const container of [...spec.containers, ...sidecars]) {
    const match = (container.ports ?? []).find(candidate =>
      typeof targetPort === 'string' && !/^\d+$/.test(targetPort)
        ? candidate.name === targetPort
        : candidate.containerPort === Number(targetPort),
    );
    if (match) return { container: container.name, number: match.containerPort };
  }
  return undefined;
}
