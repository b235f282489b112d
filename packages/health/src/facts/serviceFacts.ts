import { type Graph, refOf, type Service } from '@waymark/kube-graph';
import { countEndpoints } from '../causes/no-endpoints/endpoints';
import type { ServiceFacts } from './WorkloadFacts';

export function serviceFacts(
  service: Service,
  graph: Pick<Graph, 'endpointSlicesOf'>,
): ServiceFacts {
  const { serving, total } = countEndpoints(graph.endpointSlicesOf(service));
  return { service: refOf(service), readyEndpoints: serving, totalEndpoints: total };
}
