import type { Condition, HorizontalPodAutoscaler } from '@waymark/kube-graph';
import { conditionOf, conditionPath } from '../../pods/podState';
import type { Clock } from '../../verdict/Clock';
import type { Detected } from '../Detector';
import { evidenceIn, said } from '../evidence';
import { describe } from '../kubectl';
import { metricsAbove } from './metricsAbove';

export type ScalerCode =
  | 'scaler-metric-missing'
  | 'scaler-request-missing'
  | 'scaler-target-missing'
  | 'scaler-conflict'
  | 'scaler-cannot-scale'
  | 'scaler-at-maximum';

/** The first readings fail while pods start. Source: consolidated rules, row "scale", "longer than 2 min". */
export const COMPUTE_SECONDS = 120;

/** A peak may touch the maximum. Source: readiness rule live-hpa-at-max, "≥ 10 min". */
export const AT_MAXIMUM_SECONDS = 600;

/** What keeps a HorizontalPodAutoscaler from scaling, for its own verdict and that of its workload. */
export function* scalerFaults(
  scaler: HorizontalPodAutoscaler,
  clock: Clock,
): Iterable<Detected<ScalerCode>> {
  for (const type of ['AbleToScale', 'ScalingActive']) {
    const condition = conditionOf(scaler, type);
    if (condition?.status !== 'False' || condition.reason === 'ScalingDisabled') continue;
    if (!clock.lasted(condition.lastTransitionTime, COMPUTE_SECONDS)) continue;
    const fault = failureOf(condition);
    if (!fault) continue;
    yield {
      status: 'degraded',
      cause: {
        ...fault,
        args: { scaler: scaler.metadata.name, ...fault.args },
        ...proof(scaler, condition),
      },
    };
    return;
  }
  yield* atMaximum(scaler, clock);
}

type Fault = Pick<Detected<ScalerCode>['cause'], 'code' | 'args'>;

/** Source: Argo CD health_hpa.go and k8s.io/kubernetes pkg/controller/podautoscaler/horizontal.go */
function failureOf({ reason = '', message = '' }: Condition): Fault | undefined {
  const request = /missing request for (\S+)(?: in container (\S+))?/.exec(message);
  if (request) return { code: 'scaler-request-missing', args: { resource: request[1] } };
  if (reason === 'AmbiguousSelector') return { code: 'scaler-conflict', args: {} };
  if (reason === 'FailedGetScale')
    return { code: 'scaler-target-missing', args: { said: said(lastPart(message)) } };
  if (/^FailedGet\w*Metric$|^FailedComputeMetricsReplicas$/.test(reason))
    return { code: 'scaler-metric-missing', args: { said: said(lastPart(message)) } };
  if (reason === 'InvalidSelector' || reason === 'FailedUpdateScale')
    return { code: 'scaler-cannot-scale', args: { said: said(lastPart(message)) } };
  return undefined;
}

/** "the HPA was unable to compute the replica count: unable to get metrics …: what is really wrong" */
const lastPart = (message: string) => message.replace(/^the HPA [^:]*: /, '');

/** Minimum and maximum being equal is a fixed size on purpose. */
function* atMaximum(scaler: HorizontalPodAutoscaler, clock: Clock): Iterable<Detected<ScalerCode>> {
  const { minReplicas = 1, maxReplicas = 0 } = scaler.spec ?? {};
  const current = scaler.status?.currentReplicas ?? 0;
  const limited = conditionOf(scaler, 'ScalingLimited');
  if (limited?.status !== 'True' || limited.reason !== 'TooManyReplicas') return;
  if (minReplicas === maxReplicas || current < maxReplicas) return;
  const [metric] = metricsAbove(scaler);
  if (!metric) return;
  const { name, target, path } = metric;
  const limitedBy = proof(scaler, limited);
  yield {
    status: clock.lasted(limited.lastTransitionTime, AT_MAXIMUM_SECONDS)
      ? 'degraded'
      : 'progressing',
    cause: {
      code: 'scaler-at-maximum',
      args: {
        scaler: scaler.metadata.name,
        max: maxReplicas,
        metric: name,
        current: metric.current,
        target,
      },
      ...limitedBy,
      evidence: [
        ...evidenceIn(scaler, path),
        ...limitedBy.evidence,
        ...evidenceIn(scaler, '/spec/maxReplicas'),
      ],
    },
  };
}

function proof(scaler: HorizontalPodAutoscaler, { type, lastTransitionTime: at }: Condition) {
  return {
    evidence: evidenceIn(
      scaler,
      conditionPath(scaler, type, 'reason'),
      conditionPath(scaler, type, 'message'),
    ),
    command: describe(scaler),
    ...(at && { at }),
  };
}
