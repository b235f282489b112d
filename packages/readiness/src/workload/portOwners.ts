import {
  longRunningContainers,
  podTemplateOf,
  resolveTargetPort,
  type LocatedContainer,
  type Service,
  type ServicePort,
  type Workload,
} from '@waymark/kube-graph';

/** A port of a Service with the containers of the workload that may answer there. */
export interface PortOwner {
  readonly service: Service;
  /** As written in the Service; absent for a headless Service that lists no ports. */
  readonly port?: number | string;
  /** Exactly one where a container declares the port or is alone; all of them where only one of several can be meant. */
  readonly candidates: readonly LocatedContainer[];
}

/** Who answers for each port of the Services. A port name that no container declares belongs to nobody and is left out. */
export function portOwners(workload: Workload, services: readonly Service[]): PortOwner[] {
  const containers = longRunningContainers(workload);
  const main = containers.filter(({ sidecar }) => !sidecar);
  return services.flatMap((service): PortOwner[] => {
    const ports = service.spec.ports ?? [];
    if (!ports.length) return [{ service, candidates: main }];
    return ports.flatMap(servicePort => {
      const port = targetOf(servicePort);
      const resolved = resolveTargetPort(servicePort, podTemplateOf(workload).spec);
      if (resolved) {
        const owner = containers.filter(({ container }) => container.name === resolved.container);
        return [{ service, port, candidates: owner }];
      }
      return isNumber(port) ? [{ service, port, candidates: main }] : [];
    });
  });
}

const targetOf = ({ port, targetPort }: ServicePort) => targetPort || port;

const isNumber = (port: number | string) => /^\d+$/.test(String(port));
