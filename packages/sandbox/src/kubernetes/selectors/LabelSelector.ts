/** One requirement on labels; operators as in `matchExpressions`. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** `spec.selector` of most kinds. */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: Requirement['operator']; values?: string[] }[];
}

type Labels = Readonly<Record<string, string>>;

export const requirementsOf = (selector: LabelSelector): Requirement[] => [
  ...Object.entries(selector.matchLabels ?? {}).map(([key, value]): Requirement => ({
    key,
    operator: 'In',
    values: [value],
  })),
  ...(selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => ({
    key,
    operator,
    values,
  })),
];

/** No requirement matches everything: kinds that mean "nothing" by an empty selector check for that themselves. */
export const matches = (requirements: readonly Requirement[], labels: Labels = {}): boolean =>
  requirements.every(({ key, operator, values }) => {
    const value: string | undefined = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });

/** An absent selector selects nothing, an empty one everything. */
export const selects = (selector: LabelSelector | undefined, labels: Labels = {}): boolean =>
  selector !== undefined && matches(requirementsOf(selector), labels);
