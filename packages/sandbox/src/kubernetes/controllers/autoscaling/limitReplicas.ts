import type { HorizontalPodAutoscaler, ScalingRules } from '../../objects/scaling';
import type { ConditionContent } from '../conditions';
import type { ScaleHistory } from './ScaleHistory';

/** Without `behavior`: up at once, doubled or by four pods a quarter minute; down only after five quiet minutes. */
const DEFAULT_UP: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Percent', value: 100, periodSeconds: 15 },
    { type: 'Pods', value: 4, periodSeconds: 15 },
  ],
};
const DEFAULT_DOWN: ScalingRules = {
  stabilizationWindowSeconds: 300,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

export interface Limited {
  readonly replicas: number;
  readonly conditions: readonly ConditionContent[];
}

/**
 * What becomes of a recommendation: held back by the windows, then by the rates and bounds, with the two conditions
 * that say so (pkg/controller/podautoscaler/horizontal.go, normalizeDesiredReplicasWithBehaviors).
 */
export function limitReplicas(
  { spec }: HorizontalPodAutoscaler,
  current: number,
  recommended: number,
  history: ScaleHistory,
  now: Date,
): Limited {
  const up = { ...DEFAULT_UP, ...spec.behavior?.scaleUp };
  const down = { ...DEFAULT_DOWN, ...spec.behavior?.scaleDown };
  const stable = stabilise(current, recommended, history, now, { up, down });
  history.recommend(recommended, now);
  const { replicas, reason, message } = bound(spec, current, stable, history, now, { up, down });
  return {
    replicas,
    conditions: [
      ableToScale(current, recommended, stable),
      {
        type: 'ScalingLimited',
        status: replicas === stable ? 'False' : 'True',
        reason,
        message,
      },
    ],
  };
}

interface Rules {
  readonly up: ScalingRules;
  readonly down: ScalingRules;
}

/** Not above the lowest of the recent past, not below the highest. */
function stabilise(
  current: number,
  recommended: number,
  history: ScaleHistory,
  now: Date,
  { up, down }: Rules,
): number {
  const lowest = Math.min(
    recommended,
    ...history.recommendedWithin(up.stabilizationWindowSeconds ?? 0, now),
  );
  const highest = Math.max(
    recommended,
    ...history.recommendedWithin(down.stabilizationWindowSeconds ?? 300, now),
  );
  return Math.min(Math.max(current, lowest), highest);
}

function ableToScale(current: number, recommended: number, stable: number): ConditionContent {
  const able = { type: 'AbleToScale', status: 'True' } as const;
  if (stable === recommended) {
    const message = 'recommended size matches current size';
    return { ...able, reason: 'ReadyForNewScale', message };
  }
  return recommended >= current
    ? {
        ...able,
        reason: 'ScaleUpStabilized',
        message:
          'recent recommendations were lower than current one, applying the lowest recent recommendation',
      }
    : {
        ...able,
        reason: 'ScaleDownStabilized',
        message:
          'recent recommendations were higher than current one, applying the highest recent recommendation',
      };
}

interface Bound {
  readonly replicas: number;
  readonly reason: string;
  readonly message: string;
}

function bound(
  { minReplicas, maxReplicas }: HorizontalPodAutoscaler['spec'],
  current: number,
  wanted: number,
  history: ScaleHistory,
  now: Date,
  { up, down }: Rules,
): Bound {
  const changed = (seconds: number) => history.changeWithin(seconds, now);
  if (wanted > current) {
    const rate = Math.max(current, rateLimit(current, up, changed, 1));
    const limit = Math.min(maxReplicas, rate);
    if (wanted > limit)
      return { replicas: limit, ...(rate < maxReplicas ? tooFast('increasing') : tooMany) };
  } else if (wanted < current) {
    const rate = Math.min(current, rateLimit(current, down, changed, -1));
    const limit = Math.max(minReplicas, rate);
    if (wanted < limit)
      return { replicas: limit, ...(rate > minReplicas ? tooFast('decreasing') : tooFew) };
  } else if (wanted > maxReplicas) {
    return { replicas: maxReplicas, ...tooMany };
  }
  return {
    replicas: wanted,
    reason: 'DesiredWithinRange',
    message: 'the desired count is within the acceptable range',
  };
}

const tooMany = {
  reason: 'TooManyReplicas',
  message: 'the desired replica count is more than the maximum replica count',
};
const tooFew = {
  reason: 'TooFewReplicas',
  message: 'the desired replica count is less than the minimum replica count',
};
const tooFast = (direction: 'increasing' | 'decreasing') => ({
  reason: direction === 'increasing' ? 'ScaleUpLimit' : 'ScaleDownLimit',
  message: `the desired replica count is ${direction} faster than the maximum scale rate`,
});

/** How far the policies let it go from here: the boldest of them, or with `Min` the most careful. */
function rateLimit(
  current: number,
  { policies = [], selectPolicy }: ScalingRules,
  changedWithin: (seconds: number) => number,
  direction: 1 | -1,
): number {
  if (selectPolicy === 'Disabled') return current;
  const limits = policies.map(({ type, value, periodSeconds }) => {
    const start = current - changedWithin(periodSeconds);
    if (type === 'Pods') return start + direction * value;
    const scaled = start * (1 + (direction * value) / 100);
    return direction > 0 ? Math.ceil(scaled) : Math.floor(scaled);
  });
  const boldest = (selectPolicy === 'Min') === direction > 0 ? Math.min : Math.max;
  return boldest(...limits);
}
