import type { Condition, KubeObject } from '../../kubernetes/objects/KubeObject';
import { degraded, type Health, healthy, progressing, suspended } from './Health';

const conditionsOf = (object: KubeObject): Condition[] =>
  (object.status as { conditions?: Condition[] } | undefined)?.conditions ?? [];

/** Rules of resource_customizations/policy/PodDisruptionBudget/health.lua. */
export function disruptionBudgetHealth(object: KubeObject): Health {
  const conditions = conditionsOf(object);
  const failed = conditions.find(
    ({ status, reason }) => status === 'False' && reason !== 'InsufficientPods',
  );
  if (failed) return degraded(`PodDisruptionBudget has ${failed.reason}`);
  const last = conditions.at(-1);
  return last
    ? healthy(`PodDisruptionBudget has ${last.reason}`)
    : progressing('Waiting for status');
}

/** Rules of resource_customizations/external-secrets.io/ExternalSecret/health.lua. */
export function externalSecretHealth(object: KubeObject): Health {
  const ready = conditionsOf(object).find(({ type }) => type === 'Ready');
  if (ready?.status === 'False') return degraded(ready.message);
  if (ready?.status === 'True') return healthy(ready.message);
  return progressing('Waiting for ExternalSecret');
}

/** Rules of resource_customizations/keda.sh/ScaledObject/health.lua. */
export function scaledObjectHealth(object: KubeObject): Health {
  const conditions = conditionsOf(object);
  const is = (wanted: string, value: string) =>
    conditions.find(({ type, status }) => type === wanted && status === value);
  const failed = is('Fallback', 'True') ?? is('Ready', 'False');
  if (failed) return degraded(failed.message);
  const ready = is('Ready', 'True');
  const paused = is('Paused', 'True');
  if (ready) return paused ? suspended(paused.message) : healthy(ready.message);
  return progressing('Creating HorizontalPodAutoscaler Object');
}

/** Rules of gitops-engine/pkg/health/health_pvc.go. */
export function volumeClaimHealth(object: KubeObject): Health {
  switch ((object.status as { phase?: string } | undefined)?.phase) {
    case 'Lost':
      return degraded();
    case 'Pending':
      return progressing();
    case 'Bound':
      return healthy();
    default:
      return { status: 'Unknown' };
  }
}
