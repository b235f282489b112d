import type { ApplicationCondition } from '../application/Application';

/** The new conditions; one that says the same as before keeps its time. */
export function mergeConditions(
  before: readonly ApplicationCondition[] = [],
  next: readonly ApplicationCondition[],
  now: string,
): ApplicationCondition[] | undefined {
  if (next.length === 0) return undefined;
  return next.map(condition => {
    const same = before.find(
      ({ type, message }) => type === condition.type && message === condition.message,
    );
    return { lastTransitionTime: now, ...condition, ...same };
  });
}
