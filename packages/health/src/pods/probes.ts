import type { Event, FieldPath, Pod, Probe } from '@waymark/kube-graph';
import { said } from '../causes/evidence';
import type { ConsultedGraph } from '../verdict/ConsultedGraph';
import type { ContainerView } from './containers';

export type ProbeKind = 'Readiness' | 'Liveness' | 'Startup';

/** Defaults of the API. Source: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes */
const PERIOD_SECONDS = 10;
const FAILURE_THRESHOLD = 3;

/** What verdicts read of probes: their timing and path. Headers and commands, which may hold secrets, stay out of the store. */
export const probeReads = (
  ...probes: readonly ('livenessProbe' | 'readinessProbe' | 'startupProbe')[]
): readonly FieldPath[] =>
  ['containers', 'initContainers'].flatMap(list =>
    probes.flatMap(probe =>
      ['httpGet/path', 'initialDelaySeconds', 'periodSeconds', 'failureThreshold'].map(
        (field): FieldPath => `/spec/${list}/${probe}/${field}`,
      ),
    ),
  );

/** How long a probe may fail after the start of its container before it counts. Source: plugin-kubernetes-common error-detection/pods.ts, with the API's defaults filled in. */
export const budgetSeconds = ({
  initialDelaySeconds = 0,
  periodSeconds = PERIOD_SECONDS,
  failureThreshold = FAILURE_THRESHOLD,
}: Probe) => initialDelaySeconds + periodSeconds * failureThreshold;

/** The earliest that a failing probe can have a container killed: the first attempt needs no period. */
export const earliestKillSeconds = (probe: Probe) =>
  budgetSeconds(probe) - (probe.periodSeconds ?? PERIOD_SECONDS);

export interface ProbeFailure {
  readonly event: Event;
  /** `: HTTP 503`, `: connection refused`, `: timeout`, or what the probe printed, in quotes. */
  readonly saw: string;
}

/**
 * What the probe of a container saw last. The kubelet stops reporting after some 25 events while the probe still fails,
 * so the age of an event proves nothing; whether the probe fails now is for the caller to know.
 */
export function lastProbeFailure(
  kind: ProbeKind,
  { pod, name }: Pick<ContainerView, 'name'> & { readonly pod: Pod },
  graph: ConsultedGraph,
): ProbeFailure | undefined {
  const prefix = `${kind} probe `;
  const event = graph
    .warningsOf(pod)
    .find(
      ({ reason, message = '', involvedObject }) =>
        reason === 'Unhealthy' &&
        message.startsWith(prefix) &&
        isAbout(name, involvedObject.fieldPath),
    );
  return event && { event, saw: seenIn(event.message ?? '') };
}

/** `spec.containers{web}` or `spec.initContainers{proxy}`; a summary of an old event may lack it. */
const isAbout = (container: string, fieldPath: string | undefined) =>
  !fieldPath || fieldPath.endsWith(`{${container}}`);

function seenIn(message: string): string {
  const status = /statuscode: (\d+)/i.exec(message);
  if (status) return `: HTTP ${status[1]}`;
  if (/connection refused/i.test(message)) return ': connection refused';
  if (/deadline exceeded|timed out|timeout/i.test(message)) return ': timeout';
  return said(message.replace(/^\w+ probe (failed|errored)[^:]*: ?/, ''));
}
