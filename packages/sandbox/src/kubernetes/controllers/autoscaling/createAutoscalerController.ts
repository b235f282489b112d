import type { Behaviours } from '../../kubelet/Behaviours';
import type { KubernetesCluster } from '../../KubernetesCluster';
import type { HorizontalPodAutoscaler, MetricSpec } from '../../objects/scaling';
import type { Deployment, StatefulSet } from '../../objects/workload';
import { formatQuantity } from '../../quantity/quantity';
import { selects } from '../../selectors/LabelSelector';
import { timestamp } from '../../store/transitions';
import type { ConditionContent } from '../conditions';
import type { Controller, ControllerContext } from '../Controller';
import { keyOf } from '../ownership';
import { measureUtilisation } from './cpuUtilisation';
import { limitReplicas } from './limitReplicas';
import type { Loads } from './Loads';
import { ScaleHistory } from './ScaleHistory';

const SYNC_MILLISECONDS = 15_000;
/** Utilisation within 10 % of the target changes nothing. */
const TOLERANCE = 0.1;

type Target = Deployment | StatefulSet;
type Status = HorizontalPodAutoscaler['status'];

/** HorizontalPodAutoscaler → replicas of its target, by CPU or memory utilisation. */
export function createAutoscalerController(options: {
  readonly loads: Loads;
  readonly behaviours: Behaviours;
}): Controller {
  const histories = new Map<string, ScaleHistory>();
  return {
    name: 'horizontal-pod-autoscaler',

    *affected({ object, type }, { requeue }) {
      if (object.kind === 'HorizontalPodAutoscaler' && type === 'ADDED') {
        requeue(keyOf(object), SYNC_MILLISECONDS);
      }
      yield* [];
    },

    reconcile(key, context) {
      const hpa = context.cluster.get({ kind: 'HorizontalPodAutoscaler', ...key });
      if (!hpa) return;
      const { uid = '' } = hpa.metadata;
      const history = histories.get(uid) ?? startHistory(hpa, context.cluster);
      histories.set(uid, history);
      sync({ hpa, history, context, ...options });
      context.requeue(key, SYNC_MILLISECONDS);
    },
  };
}

/** The size it finds counts as recommended, so that it does not scale down in its first five minutes. */
function startHistory(hpa: HorizontalPodAutoscaler, cluster: KubernetesCluster): ScaleHistory {
  const history = new ScaleHistory();
  const target = targetOf(hpa, cluster);
  if (target) history.recommend(target.spec.replicas, cluster.timeline.now());
  return history;
}

interface Sync {
  readonly hpa: HorizontalPodAutoscaler;
  readonly history: ScaleHistory;
  readonly context: ControllerContext;
  readonly loads: Loads;
  readonly behaviours: Behaviours;
}

function sync(input: Sync): void {
  const { hpa, history, context } = input;
  const { cluster, events } = context;
  const target = targetOf(hpa, cluster);
  if (!target) {
    const { kind, name } = hpa.spec.scaleTargetRef;
    const error = `${kind.toLowerCase()}s.apps "${name}" not found`;
    events.record(hpa, { type: 'Warning', reason: 'FailedGetScale', message: error });
    write(input, {}, [
      {
        type: 'AbleToScale',
        status: 'False',
        reason: 'FailedGetScale',
        message: `the HPA controller was unable to get the target's current scale: ${error}`,
      },
    ]);
    return;
  }
  const current = target.spec.replicas;
  const outcome = decide(input, target);
  const { replicas = current } = outcome;
  if (replicas !== current) {
    cluster.modify(target, draft => {
      draft.spec.replicas = replicas;
    });
    history.rescaled(replicas - current, cluster.timeline.now());
    const message = `New size: ${replicas}; reason: ${outcome.why}`;
    events.record(hpa, { type: 'Normal', reason: 'SuccessfulRescale', message });
  }
  const rescaled: ConditionContent = {
    type: 'AbleToScale',
    status: 'True',
    reason: 'SucceededRescale',
    message: `the HPA controller was able to update the target scale to ${replicas}`,
  };
  const status = {
    currentReplicas: current,
    desiredReplicas: outcome.replicas ?? hpa.status.desiredReplicas ?? 0,
    ...(outcome.metrics && { currentMetrics: outcome.metrics }),
    ...(replicas !== current && { lastScaleTime: timestamp(cluster.timeline.now()) }),
  };
  write(input, status, [...outcome.conditions, ...(replicas === current ? [] : [rescaled])]);
}

interface Outcome {
  /** Absent: nothing could be computed. */
  readonly replicas?: number;
  readonly why?: string;
  readonly metrics?: unknown[];
  readonly conditions: readonly ConditionContent[];
}

const gotScale: ConditionContent = {
  type: 'AbleToScale',
  status: 'True',
  reason: 'SucceededGetScale',
  message: "the HPA controller was able to get the target's current scale",
};

function decide(input: Sync, target: Target): Outcome {
  const { hpa, history, context } = input;
  const current = target.spec.replicas;
  const { minReplicas, maxReplicas } = hpa.spec;
  if (current === 0) {
    const message = 'scaling is disabled since the replica count of the target is zero';
    const disabled = { type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled' } as const;
    return { replicas: 0, conditions: [gotScale, { ...disabled, message }] };
  }
  if (current > maxReplicas) {
    const why = 'Current number of replicas above Spec.MaxReplicas';
    return { replicas: maxReplicas, why, conditions: [gotScale] };
  }
  if (current < minReplicas) {
    const why = 'Current number of replicas below Spec.MinReplicas';
    return { replicas: minReplicas, why, conditions: [gotScale] };
  }
  const readings = (hpa.spec.metrics ?? []).map(metric => read(input, target, metric));
  const good = readings.filter(reading => reading.ok);
  if (good.length === 0) return failure(input, readings);
  const highest = good.reduce((a, b) => (b.replicas > a.replicas ? b : a));
  const now = context.cluster.timeline.now();
  const limited = limitReplicas(hpa, current, highest.replicas, history, now);
  return {
    replicas: limited.replicas,
    why: limited.replicas > current ? `${highest.name} above target` : 'All metrics below target',
    metrics: good.map(({ status }) => status),
    conditions: [
      gotScale,
      {
        type: 'ScalingActive',
        status: 'True',
        reason: 'ValidMetricFound',
        message: `the HPA was able to successfully calculate a replica count from ${highest.name}`,
      },
      ...limited.conditions,
    ],
  };
}

type Reading =
  | {
      readonly ok: true;
      readonly replicas: number;
      readonly name: string;
      readonly status: unknown;
    }
  | { readonly ok: false; readonly reason: string; readonly error: string };

function read({ context, loads, behaviours }: Sync, target: Target, metric: MetricSpec): Reading {
  const { cluster } = context;
  const name = metric.resource?.name;
  const wanted = metric.resource?.target.averageUtilization;
  if (metric.type !== 'Resource' || (name !== 'cpu' && name !== 'memory') || !wanted) {
    return noAdapter(metric);
  }
  const pods = cluster
    .list('Pod', { namespace: target.metadata.namespace })
    .filter(
      ({ metadata, status }) =>
        selects(target.spec.selector, metadata.labels) &&
        !metadata.deletionTimestamp &&
        status.phase !== 'Failed',
    );
  const now = cluster.timeline.now();
  const measured = measureUtilisation(pods, name, { loads, behaviours, now });
  if (!measured.ok) {
    const error = `failed to get ${name} utilization: ${measured.error}`;
    return { ok: false, reason: 'FailedGetResourceMetric', error };
  }
  const { utilisation, average, pods: counted } = measured;
  const ratio = utilisation / wanted;
  const near = Math.abs(1 - ratio) <= TOLERANCE;
  return {
    ok: true,
    replicas: near ? target.spec.replicas : Math.ceil(ratio * counted),
    name: `${name} resource utilization (percentage of request)`,
    status: {
      type: 'Resource',
      resource: {
        name,
        current: {
          averageUtilization: utilisation,
          averageValue: formatQuantity(name === 'cpu' ? average : Math.round(average), name),
        },
      },
    },
  };
}

/** Custom and external metrics have no adapter here, as in a cluster where none was installed. */
function noAdapter({ type }: MetricSpec): Reading {
  const api = type === 'External' ? 'external' : 'custom';
  const error = `unable to get metric: unable to fetch metrics from ${api} metrics API: no ${api} metrics API (${api}.metrics.k8s.io) registered`;
  return { ok: false, reason: `FailedGet${type}Metric`, error };
}

function failure({ hpa, context }: Sync, readings: readonly Reading[]): Outcome {
  const failed = readings.filter(reading => !reading.ok);
  const [first] = failed;
  if (!first) return { conditions: [gotScale] };
  const { reason, error } = first;
  context.events.record(hpa, { type: 'Warning', reason, message: error });
  context.events.record(hpa, {
    type: 'Warning',
    reason: 'FailedComputeMetricsReplicas',
    message:
      `invalid metrics (${failed.length} invalid out of ${readings.length}), ` +
      `first error is: failed to get cpu resource metric value: ${error}`,
  });
  const message = `the HPA was unable to compute the replica count: ${error}`;
  return {
    // A list with one empty entry: how the real one says that nothing was measured.
    metrics: [{ type: '' }],
    conditions: [gotScale, { type: 'ScalingActive', status: 'False', reason, message }],
  };
}

function targetOf({ spec, metadata }: HorizontalPodAutoscaler, cluster: KubernetesCluster) {
  const { kind, name } = spec.scaleTargetRef;
  const { namespace } = metadata;
  if (kind === 'StatefulSet') return cluster.get({ kind, namespace, name });
  return kind === 'Deployment' ? cluster.get({ kind, namespace, name }) : undefined;
}

function write(
  { hpa, context }: Sync,
  status: Partial<Status>,
  contents: readonly ConditionContent[],
): void {
  const now = context.cluster.timeline.now();
  context.cluster.modify(
    hpa,
    draft => {
      const conditions = contents.reduce(
        (list, content) => replaceInPlace(list, content, now),
        draft.status.conditions ?? [],
      );
      draft.status = { ...draft.status, ...status, conditions };
    },
    'status',
  );
}

/** Unlike other controllers this one renews the message every time and keeps the order of conditions. */
function replaceInPlace(
  conditions: readonly NonNullable<Status['conditions']>[number][],
  content: ConditionContent,
  now: Date,
) {
  const index = conditions.findIndex(({ type }) => type === content.type);
  const since =
    conditions[index]?.status === content.status
      ? conditions[index].lastTransitionTime
      : timestamp(now);
  const next = { ...content, lastTransitionTime: since };
  return index < 0 ? [...conditions, next] : conditions.with(index, next);
}
