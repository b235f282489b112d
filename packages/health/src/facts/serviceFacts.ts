import { type Graph, refOf, type Service } from '@waymark/kube-graph';
import { countEndpoints } from '../causes/no-endpoints/endpoints';
import type { ServiceFacts } from './WorkloadFacts';

/** Endpoints are counted where that proves something: no slice among those that may not be read is not "0 of 0". */
export function serviceFacts(
  service: Service,
  graph: Pick<Graph, 'coverage' | 'endpointSlicesOf'>,
): ServiceFacts {
  const slices = graph.endpointSlicesOf(service);
  const { state } = graph.coverage('EndpointSlice');
  const counted = state === 'complete' || (state === 'open' && slices.length > 0);
  if (!counted) return { service: refOf(service) };
  const { serving, total } = countEndpoints(slices);
  return { service: refOf(service), readyEndpoints: serving, totalEndpoints: total };
}
