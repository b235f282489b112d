import {
  type KubeObject,
  podTemplateOf,
  resolveTargetPort,
  type Service,
  type Workload,
} from '@waymark/kube-graph';
import type { Detected } from '../Detector';
import { evidenceIn } from '../evidence';
import { kubectl } from '../kubectl';

/**
 * A port of a Service that names a container port which no container of the workload has. The endpoints are ready all
 * the same; only their list of ports is empty, so that nothing else shows it.
 */
export function* portFaults(
  service: Service,
  workload: Workload,
): Iterable<Detected<'service-port-unresolved'>> {
  const template = podTemplateOf(workload).spec;
  for (const [index, port] of (service.spec?.ports ?? []).entries()) {
    const { targetPort = port.port } = port;
    if (/^\d+$/.test(`${targetPort}`) || resolveTargetPort(port, template)) continue;
    yield {
      status: 'degraded',
      cause: {
        code: 'service-port-unresolved',
        args: { service: service.metadata.name, port: targetPort, target: workload.metadata.name },
        evidence: evidenceIn(service, `/spec/ports/${index}/targetPort`),
        command: show(service),
      },
    };
  }
}

export const show = (service: KubeObject) =>
  kubectl(service, 'describe', 'service', service.metadata.name);
