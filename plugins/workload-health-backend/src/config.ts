import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { rules } from '@waymark/readiness';

export interface HealthConfig {
  readonly historyDays: number;
  /** Parameters by rule id, over each rule's defaults. */
  readonly ruleParams: Readonly<Record<string, object>>;
}

const DEFAULT_HISTORY_DAYS = 30;

/** Throws with the name of the key when a value cannot be meant. */
export function readHealthConfig(config: Config): HealthConfig {
  const historyDays =
    config.getOptionalNumber('workloadHealth.historyDays') ?? DEFAULT_HISTORY_DAYS;
  if (!(historyDays > 0))
    throw new InputError('workloadHealth.historyDays must be a number of days above 0');
  const ruleParams =
    config.getOptional<Record<string, object>>('workloadHealth.readiness.params') ?? {};
  const known = new Set(rules.map(({ id }) => id));
  const unknown = Object.keys(ruleParams).find(id => !known.has(id));
  if (unknown)
    throw new InputError(`workloadHealth.readiness.params names no rule by '${unknown}'`);
  return { historyDays, ruleParams };
}
