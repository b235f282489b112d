import { satisfiesOperator, type Node, type Pod, type Toleration } from '@waymark/kube-graph';

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

interface Requirement {
  key: string;
  operator: string;
  values?: string[];
}

interface Term {
  matchExpressions?: Requirement[];
  matchFields?: Requirement[];
}

/** Whether nodeSelector and required node affinity let the pod onto the node. Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
export function selectsNode({ spec }: Pod, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  const selected = Object.entries(spec?.nodeSelector ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution as
    { nodeSelectorTerms?: Term[] } | undefined;
  const terms = required?.nodeSelectorTerms;
  return selected && (!terms || terms.some(term => matchesTerm(term, node)));
}

/** Terms are alternatives, the requirements of one term all count; a term without any matches nothing. */
function matchesTerm({ matchExpressions = [], matchFields = [] }: Term, node: Node): boolean {
  if (!matchExpressions.length && !matchFields.length) return false;
  return (
    matchExpressions.every(({ key, ...rest }) => satisfies(rest, node.metadata.labels?.[key])) &&
    matchFields.every(rest => satisfies(rest, node.metadata.name))
  );
}

/** Node selectors know two operators more than label selectors. */
function satisfies(requirement: Omit<Requirement, 'key'>, value: string | undefined): boolean {
  const [bound] = requirement.values ?? [];
  if (requirement.operator === 'Gt') return Number(value) > Number(bound);
  if (requirement.operator === 'Lt') return Number(value) < Number(bound);
  return satisfiesOperator(requirement, value);
}

/** The taints that keep the pod off the node. Source: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export const untolerated = ({ spec }: Pod, node: Node): readonly Taint[] =>
  (node.spec?.taints ?? []).filter(
    taint =>
      taint.effect !== 'PreferNoSchedule' &&
      !(spec?.tolerations ?? []).some(toleration => tolerates(toleration, taint)),
  );

function tolerates({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint) {
  if (effect && effect !== taint.effect) return false;
  if (operator === 'Exists') return !key || key === taint.key;
  return key === taint.key && value === (taint.value ?? '');
}

/** What the pod demands of nodes, as labels read. */
export function demandsOf({ spec }: Pod): string {
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution as
    { nodeSelectorTerms?: Term[] } | undefined;
  const terms = (required?.nodeSelectorTerms ?? []).map(({ matchExpressions = [] }) =>
    matchExpressions.map(formatRequirement).join(','),
  );
  return [
    ...Object.entries(spec?.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(terms.length ? [terms.join(' or ')] : []),
  ].join(',');
}

function formatRequirement({ key, operator, values = [] }: Requirement): string {
  if (operator === 'In' && values.length === 1) return `${key}=${values[0]}`;
  if (operator === 'Exists') return key;
  if (operator === 'DoesNotExist') return `!${key}`;
  return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
}
