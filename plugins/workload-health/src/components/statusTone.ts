import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import type { Tone } from '@waymark/card-kit';

export type Status = WorkloadHealth['status'];

export const statusTone: Readonly<Record<Status, Tone>> = {
  healthy: 'good',
  progressing: 'moving',
  suspended: 'paused',
  unknown: 'unknown',
  degraded: 'impaired',
  down: 'broken',
};

const WORST_FIRST: readonly Status[] = [
  'down',
  'degraded',
  'unknown',
  'progressing',
  'suspended',
  'healthy',
];

/** The workload that a person must look at first leads. */
export const worstFirst = <T extends { readonly status: Status }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status));
