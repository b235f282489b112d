import type { Ingress, Service } from '../../kubernetes/objects/network';
import { type Health, healthy, progressing } from './Health';

/** Rules of gitops-engine/pkg/health/health_service.go: only a load balancer has to be waited for. */
export function serviceHealth({ spec, status }: Service): Health {
  if (spec.type !== 'LoadBalancer') return healthy();
  return status?.loadBalancer?.ingress?.length ? healthy() : progressing();
}

export const ingressHealth = ({ status }: Ingress): Health =>
  status?.loadBalancer?.ingress?.length ? healthy() : progressing();
