import type { Condition } from '../objects/KubeObject';
import { timestamp } from '../store/transitions';

export interface ConditionContent {
  readonly type: string;
  readonly status: Condition['status'];
  readonly reason: string;
  readonly message: string;
}

export const conditionOf = (
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined => conditions?.find(condition => condition.type === type);

export const withoutCondition = (
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition[] => (conditions ?? []).filter(condition => condition.type !== type);

/**
 * The list with the condition in it, moved to its end. As long as status and reason stay, nothing changes at all, not
 * even the message; as long as the status stays, the time of the last transition stays.
 */
export function withCondition(
  conditions: readonly Condition[] | undefined,
  content: ConditionContent,
  now: Date,
): Condition[] {
  const current = conditionOf(conditions, content.type);
  if (current && current.status === content.status && current.reason === content.reason) {
    return [...(conditions ?? [])];
  }
  const lastTransitionTime =
    current?.status === content.status ? current.lastTransitionTime : timestamp(now);
  return [...withoutCondition(conditions, content.type), { ...content, lastTransitionTime }];
}
