import { podTemplateOf, type FieldPath, type Workload } from '@waymark/kube-graph';

/**
 * What only the owner of a service knows, said once as annotations of its pod template and read by every rule that needs it.
 * Times are in seconds.
 */
const STARTUP = 'waymark.dev/startup-seconds';
const LONGEST_REQUEST = 'waymark.dev/longest-request-seconds';
const TIER = 'waymark.dev/tier';

/** How long the service takes from start to ready. */
export const startupSeconds = (workload: Workload) => secondsOf(workload, STARTUP);

/** How long its longest request takes. */
export const longestRequestSeconds = (workload: Workload) => secondsOf(workload, LONGEST_REQUEST);

export const isCritical = (workload: Workload) => annotationOf(workload, TIER) === 'critical';

const path = (annotation: string): FieldPath =>
  `/metadata/annotations/${annotation.replace('/', '~1')}`;

/** Relative to the pod template. */
export const startupSecondsPath = path(STARTUP);
export const longestRequestSecondsPath = path(LONGEST_REQUEST);
export const tierPath = path(TIER);

const annotationOf = (workload: Workload, name: string) =>
  podTemplateOf(workload).metadata?.annotations?.[name];

function secondsOf(workload: Workload, name: string): number | undefined {
  const text = annotationOf(workload, name)?.trim();
  const seconds = text ? Number(text.replace(/s$/, '')) : NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
