import type { Graph, Service, Workload } from '@waymark/kube-graph';
import { gapIn, notApplicable, unknown, type Outcome } from '../engine';

export type Served =
  | { readonly served: true; readonly services: readonly [Service, ...Service[]] }
  /** What a rule about served workloads says of this one. */
  | { readonly served: false; readonly outcome: Outcome<never> };

/** The Services that send requests to a workload: a selector that is not empty, in the same namespace, on its template's labels. */
export function servedBy(workload: Workload, graph: Graph): Served {
  const [first, ...others] = graph.servicesOf(workload);
  if (first) return { served: true, services: [first, ...others] };
  const gap = gapIn(graph, 'Service');
  return { served: false, outcome: gap ? unknown(gap) : notApplicable };
}
