import {
  parseQuantity,
  type HorizontalPodAutoscaler,
  type MetricSpec,
  type MetricStatus,
  type MetricTarget,
} from '@waymark/kube-graph';

export interface MetricReading {
  readonly name: string;
  /** As the API prints it: `175 %`, `35m`. Absent while nothing has been measured. */
  readonly current?: string;
  readonly target: string;
  /** JSON pointer of the current value inside the scaler. */
  readonly path?: string;
  /** Whether the current value has reached the target. */
  readonly reached: boolean;
}

/** Every metric of a scaler: what it aims at, and what was measured last. */
export const metricReadings = ({
  spec,
  status,
}: HorizontalPodAutoscaler): readonly MetricReading[] =>
  (spec?.metrics ?? []).map(metric => {
    const index = (status?.currentMetrics ?? []).findIndex(candidate => isSame(metric, candidate));
    return reading(metric, status?.currentMetrics?.[index], index);
  });

/** The metrics that ask for more pods than there are. */
export const metricsAbove = (scaler: HorizontalPodAutoscaler) =>
  metricReadings(scaler).filter(
    (metric): metric is MetricReading & { current: string; path: string } => metric.reached,
  );

const FIELDS = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
} as const;

interface Source {
  readonly name?: string;
  readonly metric?: { readonly name: string };
  readonly target?: MetricTarget;
  readonly current?: { averageUtilization?: number; averageValue?: string; value?: string };
}

const sourceOf = (metric: MetricSpec | MetricStatus): Source =>
  (metric.type && metric[FIELDS[metric.type]]) || {};

const nameOf = ({ name, metric }: Source) => name ?? metric?.name ?? '';

const isSame = (spec: MetricSpec, status: MetricStatus) =>
  spec.type === status.type && nameOf(sourceOf(spec)) === nameOf(sourceOf(status));

function reading(spec: MetricSpec, status: MetricStatus | undefined, index: number): MetricReading {
  const { target } = sourceOf(spec);
  const { current } = status ? sourceOf(status) : {};
  const name = nameOf(sourceOf(spec));
  const aim = aimOf(target);
  if (!aim) return { name, target: '', reached: false };
  const value = current?.[aim.field];
  if (value === undefined || !status?.type) return { name, target: aim.text, reached: false };
  return {
    name,
    target: aim.text,
    current: aim.field === 'averageUtilization' ? `${value} %` : `${value}`,
    path: `/status/currentMetrics/${index}/${FIELDS[status.type]}/current/${aim.field}`,
    reached: (parseQuantity(value) ?? -Infinity) >= aim.value,
  };
}

function aimOf(target: MetricTarget | undefined) {
  if (target?.averageUtilization !== undefined)
    return {
      field: 'averageUtilization',
      value: target.averageUtilization,
      text: `${target.averageUtilization} %`,
    } as const;
  for (const field of ['averageValue', 'value'] as const) {
    const value = parseQuantity(target?.[field]);
    if (value !== undefined) return { field, value, text: `${target?.[field]}` };
  }
  return undefined;
}
