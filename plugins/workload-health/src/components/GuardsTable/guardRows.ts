import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import type { Tone } from '@waymark/card-kit';

/** Something that scales, protects or feeds a workload, with what it says at the moment. */
export type Guard =
  | { readonly type: 'scaler'; readonly scaler: NonNullable<WorkloadHealth['facts']['scaler']> }
  | {
      readonly type: 'budget';
      readonly budget: WorkloadHealth['facts']['disruptionBudgets'][number];
    }
  | { readonly type: 'service'; readonly service: WorkloadHealth['facts']['services'][number] };

export interface GuardRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly tone: Tone;
  readonly guard: Guard;
}

export function guardRows(workloads: readonly WorkloadHealth[]): GuardRow[] {
  const rows = workloads.flatMap(({ cluster, facts }) => [
    ...(facts.scaler ? [scalerRow(cluster, facts.scaler)] : []),
    ...facts.disruptionBudgets.map(budget => ({
      id: `${cluster}/${budget.budget.kind}/${budget.budget.name}`,
      name: budget.budget.name,
      kind: budget.budget.kind,
      tone: (budget.disruptionsAllowed > 0 ? 'good' : 'impaired') as Tone,
      guard: { type: 'budget' as const, budget },
    })),
    ...facts.services.map(service => ({
      id: `${cluster}/${service.service.kind}/${service.service.name}`,
      name: service.service.name,
      kind: service.service.kind,
      tone: (service.readyEndpoints > 0 ? 'good' : 'broken') as Tone,
      guard: { type: 'service' as const, service },
    })),
  ]);
  return [...new Map(rows.map(row => [row.id, row])).values()];
}

function scalerRow(
  cluster: string,
  scaler: NonNullable<WorkloadHealth['facts']['scaler']>,
): GuardRow {
  const measured = scaler.metrics.every(({ current }) => current !== undefined);
  const atMaximum = scaler.current >= scaler.max && scaler.max > scaler.min;
  const size: Tone = atMaximum ? 'impaired' : 'good';
  return {
    id: `${cluster}/${scaler.scaler.kind}/${scaler.scaler.name}`,
    name: scaler.scaler.name,
    kind: scaler.scaler.kind,
    tone: measured ? size : 'unknown',
    guard: { type: 'scaler', scaler },
  };
}
