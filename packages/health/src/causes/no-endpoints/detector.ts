import { defineDetector } from '../Detector';
import { portFaults } from './portFaults';

export type EndpointCode =
  | 'service-selects-nothing'
  | 'service-none-ready'
  | 'service-port-unresolved'
  | 'service-without-endpoints'
  | 'load-balancer-failed';

/** Beside a workload only what its Service has wrong by itself: pods that are not ready have a cause of their own. */
export const noEndpoints = defineDetector<EndpointCode>({
  id: 'no-endpoints',
  title: 'A Service reaches no pod',
  why: 'A Service sends traffic to the pods that its selector matches, that are ready, and that have the port it targets. If one of the three fails, callers get refused connections while everything else may look well.',
  sources: [
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/',
    'popeye lint codes 1100, 1105, 1106',
    'recorded on Kubernetes 1.36: a missing named targetPort gives ready endpoints with ports null',
  ],
  messages: {
    'service-selects-nothing':
      'Service "{{service}}" selects no pod: nothing has the labels {{selector}}',
    'service-none-ready': 'Service "{{service}}" has no ready endpoint: {{target}} is not ready',
    'service-port-unresolved':
      'Service "{{service}}" cannot reach {{target}}: no container has a port named "{{port}}"',
    'service-without-endpoints': 'Service "{{service}}" has neither a selector nor endpoints',
    'load-balancer-failed': 'Service "{{service}}" gets no load balancer{{said}}',
  },
  remedies: {
    'service-selects-nothing': 'Compare the selector with the labels of the pod template.',
    'service-none-ready': 'Look at why the pods are not ready.',
    'service-port-unresolved': 'Name the container port, or set targetPort to its number.',
    'service-without-endpoints': 'Set a selector, or create the EndpointSlice by hand.',
    'load-balancer-failed':
      'Read the events of the Service and the log of the load balancer controller.',
  },
  reads: {
    Service: { fields: ['/spec', '/status'] },
    EndpointSlice: { fields: ['/endpoints', '/ports', '/addressType'] },
  },
  *detect({ workload, graph, standing }) {
    if (standing.ready === 0) return;
    for (const service of graph.servicesOf(workload)) yield* portFaults(service, workload);
  },
});
