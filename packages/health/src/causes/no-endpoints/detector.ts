import { defineDetector } from '../Detector';
import { SETTLE_SECONDS } from './endpoints';
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
  conditions: {
    'service-selects-nothing': {
      when: 'the Service has no endpoints, and its selector matches no workload',
      saidAfter: SETTLE_SECONDS,
    },
    'service-none-ready': {
      when: 'no endpoint of the Service is serving, and a workload behind it is degraded or down',
      saidAfter: SETTLE_SECONDS,
    },
    'service-port-unresolved': {
      when: '`targetPort` of the Service is a name that no container port of the workload has',
    },
    'service-without-endpoints': {
      when: 'the Service has no selector, and no endpoint of it is serving',
      saidAfter: SETTLE_SECONDS,
    },
    'load-balancer-failed': {
      when: 'a Service of type LoadBalancer has no `status.loadBalancer.ingress` and an event with reason FailedDeployModel, FailedBuildModel or SyncLoadBalancerFailed',
    },
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
