import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import type { Tone } from '@waymark/card-kit';
import { objectId } from '../objectId';

type Facts = WorkloadHealth['facts'];

/** Something that scales, protects or feeds a workload, with what it says at the moment. */
export type Guard =
  | { readonly type: 'scaler'; readonly scaler: NonNullable<Facts['scaler']> }
  | { readonly type: 'budget'; readonly budget: Facts['disruptionBudgets'][number] }
  | { readonly type: 'service'; readonly service: Facts['services'][number] };

export interface GuardRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly cluster: string;
  readonly namespace?: string;
  readonly tone: Tone;
  readonly guard: Guard;
  /** Of a cluster that is not heard of. */
  readonly lastKnown: boolean;
}

export function guardRows(workloads: readonly WorkloadHealth[]): GuardRow[] {
  const rows = workloads.flatMap(({ cluster, facts, lastKnown }) =>
    guardsOf(facts).map(guard => {
      const object = objectOf(guard);
      const { kind, name, namespace } = object;
      return {
        id: objectId(cluster, object),
        name,
        kind,
        cluster,
        namespace,
        tone: toneOf(guard),
        guard,
        lastKnown: lastKnown !== undefined,
      };
    }),
  );
  return [...new Map(rows.map(row => [row.id, row])).values()];
}

const guardsOf = ({ scaler, disruptionBudgets, services }: Facts): Guard[] => [
  ...(scaler ? [{ type: 'scaler' as const, scaler }] : []),
  ...disruptionBudgets.map(budget => ({ type: 'budget' as const, budget })),
  ...services.map(service => ({ type: 'service' as const, service })),
];

function objectOf(guard: Guard) {
  if (guard.type === 'scaler') return guard.scaler.scaler;
  return guard.type === 'budget' ? guard.budget.budget : guard.service.service;
}

function toneOf(guard: Guard): Tone {
  if (guard.type === 'scaler') return scalerTone(guard.scaler);
  if (guard.type === 'budget') return countTone(guard.budget.disruptionsAllowed, 'impaired');
  return countTone(guard.service.readyEndpoints, 'broken');
}

/** None is a fault; not counted is not none. */
function countTone(count: number | undefined, none: Tone): Tone {
  if (count === undefined) return 'unknown';
  return count > 0 ? 'good' : none;
}

function scalerTone({ metrics, current, min, max }: NonNullable<Facts['scaler']>): Tone {
  if (metrics.some(metric => metric.current === undefined)) return 'unknown';
  return current >= max && max > min ? 'impaired' : 'good';
}
