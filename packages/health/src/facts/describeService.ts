import { type Graph, refOf, type Service } from '@waymark/kube-graph';
import { serviceFacts } from './serviceFacts';
import type { WorkloadFacts } from './WorkloadFacts';

/** What the page shows of a Service that no workload speaks for: its endpoints stand where a workload has replicas. */
export function describeService(service: Service, graph: Graph): WorkloadFacts {
  const facts = serviceFacts(service, graph);
  const { readyEndpoints: ready = 0, totalEndpoints: total = 0 } = facts;
  return {
    workload: refOf(service),
    replicas: { desired: total, ready, updated: total, total },
    images: [],
    recentRestarts: 0,
    pods: [],
    disruptionBudgets: [],
    services: [facts],
  };
}
