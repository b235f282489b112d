import type { LabelSelector, LabelSelectorRequirement } from '../objects';

export type Labels = Readonly<Record<string, string>>;

/**
 * Whether a LabelSelector selects an object with these labels. An empty selector (`{}`) selects everything; an absent
 * one selects nothing. That is the meaning in policy/v1, NetworkPolicy and workloads; the empty map of a Service
 * selects nothing, which `serviceSelector` takes care of.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/
 */
export function matchesLabels(selector: LabelSelector | undefined, labels: Labels = {}): boolean {
  if (!selector) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  for (const key of Object.keys(matchLabels)) if (labels[key] !== matchLabels[key]) return false;
  return matchExpressions.every(requirement => satisfies(requirement, labels));
}

const satisfies = ({ key, ...requirement }: LabelSelectorRequirement, labels: Labels) =>
  satisfiesOperator(requirement, Object.hasOwn(labels, key) ? labels[key] : undefined);

/** Whether a value, or its absence, meets one requirement; an operator of another kind of selector is never met. */
export function satisfiesOperator(
  { operator, values = [] }: { readonly operator: string; readonly values?: readonly string[] },
  value: string | undefined,
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** The selector as kubectl's `-l` takes it. */
export function formatSelector(selector: LabelSelector | Labels | undefined): string {
  if (!selector) return '';
  const { matchLabels, matchExpressions } = selector as LabelSelector;
  if (!isLabelSelector(selector)) return formatPairs(selector);
  const expressions = (matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [formatPairs(matchLabels ?? {}), ...expressions].filter(Boolean).join(',');
}

const isLabelSelector = (selector: LabelSelector | Labels): selector is LabelSelector =>
  typeof selector.matchLabels === 'object' || Array.isArray(selector.matchExpressions);

const formatPairs = (labels: Labels) =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
