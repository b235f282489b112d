import type { IntOrString } from '../objects';

/**
 * A count or percentage of `total` as pods. Percentages round up for surge and budgets, down for `maxUnavailable` of a
 * rollout; the caller says which. Undefined when the value is neither.
 * Source: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
export function resolveCount(
  value: IntOrString | undefined,
  total: number,
  rounding: 'up' | 'down',
): number | undefined {
  if (typeof value === 'number') return value;
  const match = /^(\d+)(%?)$/.exec(value ?? '');
  if (!match) return undefined;
  if (!match[2]) return Number(match[1]);
  const exact = (Number(match[1]) * total) / 100;
  return rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
