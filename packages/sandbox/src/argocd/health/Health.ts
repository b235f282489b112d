/** From best to worst, as argo-cd's gitops-engine/pkg/health/health.go orders them. */
export const healthOrder = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
] as const;

export type HealthStatus = (typeof healthOrder)[number];

export interface Health {
  status: HealthStatus;
  message?: string;
}

export const worseOf = (a: HealthStatus, b: HealthStatus): HealthStatus =>
  healthOrder.indexOf(b) > healthOrder.indexOf(a) ? b : a;

export const healthy = (message?: string): Health => ({ status: 'Healthy', message });
export const progressing = (message?: string): Health => ({ status: 'Progressing', message });
export const degraded = (message?: string): Health => ({ status: 'Degraded', message });
export const suspended = (message?: string): Health => ({ status: 'Suspended', message });
