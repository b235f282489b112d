import type { LabelSelector } from '../objects';

export type LabelPair = readonly [label: string, value: string];

/**
 * Labels of which whatever the selector selects has at least one, so that an index by label need not look further.
 * Undefined where there are none: it says only what must not be, or that a label must be there. Whether something is
 * selected is `matchesLabels`'s to say.
 */
export function requiredLabels({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly LabelPair[] | undefined {
  const [label] = Object.keys(matchLabels);
  if (label !== undefined) return [[label, matchLabels[label]]];
  const choice = matchExpressions.find(({ operator }) => operator === 'In');
  return choice && (choice.values ?? []).map(value => [choice.key, value]);
}

/** A label as one text, for an index that files things under keys of several sorts. */
export const labelKey = (...[label, value]: LabelPair) => `label ${label}=${value}`;

/** The required labels of a selector as such texts. */
export const labelKeysOf = (selector: LabelSelector): readonly string[] | undefined =>
  requiredLabels(selector)?.map(pair => labelKey(...pair));
