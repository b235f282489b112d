import type { Identity } from './Identity';
import type { podObject } from './podObject';

/** The Service of some pods, and the slice that lists them as ready. */
export function trafficObjects(identity: Identity, pods: readonly ReturnType<typeof podObject>[]) {
  const { id, namespace, labels, endpointSlice } = identity;
  const owner = { apiVersion: 'v1', kind: 'Service', name: id };
  return {
    service: {
      metadata: identity.metadata('Service', id),
      spec: {
        type: 'ClusterIP',
        clusterIP: '10.96.0.10',
        selector: labels,
        ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
      },
      status: { loadBalancer: {} },
    },
    endpointSlice: {
      metadata: {
        ...identity.metadata('EndpointSlice', endpointSlice, owner),
        labels: { ...labels, 'kubernetes.io/service-name': id },
      },
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: pods.map(({ metadata: { name }, status }) => ({
        addresses: [status.podIP],
        conditions: { ready: true, serving: true, terminating: false },
        targetRef: { kind: 'Pod', name, namespace },
      })),
    },
  };
}
