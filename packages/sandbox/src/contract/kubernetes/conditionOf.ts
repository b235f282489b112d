import type { WireObject } from './ContractClient';

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export const conditionOf = ({ status }: WireObject, type: string): Condition | undefined =>
  (status as { conditions?: Condition[] } | undefined)?.conditions?.find(
    each => each.type === type,
  );
