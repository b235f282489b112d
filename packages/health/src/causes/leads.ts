/**
 * How sentences about pods begin. Each has a second form for the case that other pods of the workload do not show the
 * fault: "payment cannot start" must never be read of a service that still answers from its other pods.
 */
export const CANNOT_START = '{{workload}} cannot start';
export const CRASHES = '{{workload}} crashes';
export const RUNS_OUT_OF_MEMORY = '{{workload}} runs out of memory';
export const IS_NOT_READY = '{{workload}} is not ready';

const PARTIAL: Readonly<Record<string, string>> = {
  [CANNOT_START]: '{{pods}} of {{of}} pods of {{workload}} cannot start',
  [CRASHES]: '{{pods}} of {{of}} pods of {{workload}} crash',
  [RUNS_OUT_OF_MEMORY]: '{{pods}} of {{of}} pods of {{workload}} run out of memory',
  [IS_NOT_READY]: '{{pods}} of {{of}} pods of {{workload}} are not ready',
};

/** The sentence for a fault that only some of the pods show; undefined when there is no such form. */
export function partialForm(message: string): string | undefined {
  const lead = Object.keys(PARTIAL).find(candidate => message.startsWith(candidate));
  return lead && PARTIAL[lead] + message.slice(lead.length);
}
