import type { Behaviours } from '../../kubelet/Behaviours';
import type { Pod } from '../../objects/pod';
import { parseQuantity } from '../../quantity/quantity';
import { isReady } from '../podState';
import type { Loads } from './Loads';

/** metrics-server has seen a pod after two rounds of 15 s. */
const METRICS_DELAY_MILLISECONDS = 30_000;

export type Measurement =
  | {
      readonly ok: true;
      /** Percent of what the pods request. */
      readonly utilisation: number;
      /** Average per pod: cores or bytes. */
      readonly average: number;
      readonly pods: number;
    }
  /** Why there is none, in the words of pkg/controller/podautoscaler/replica_calculator.go. */
  | { readonly ok: false; readonly error: string };

/** What all ready pods use of a resource, compared with what they ask for. */
export function measureUtilisation(
  pods: readonly Pod[],
  resource: 'cpu' | 'memory',
  { loads, behaviours, now }: { loads: Loads; behaviours: Behaviours; now: Date },
): Measurement {
  if (pods.length === 0)
    return failed('no pods returned by selector while calculating replica count');
  const measured = pods.filter(pod => isReady(pod) && isMeasured(pod, now));
  if (measured.length === 0) {
    return failed(
      pods.some(pod => isMeasured(pod, now))
        ? 'did not receive metrics for targeted pods (pods might be unready)'
        : `unable to get metrics for resource ${resource}: no metrics returned from resource metrics API`,
    );
  }
  for (const { spec, metadata } of pods) {
    const silent = spec.containers.find(({ resources }) => !resources?.requests?.[resource]);
    if (silent) {
      return failed(
        `missing request for ${resource} in container ${silent.name} of Pod ${metadata.name}`,
      );
    }
  }
  const used = measured.map(
    pod => loads.usageOf(pod, behaviours.workloadOf(pod), measured.length)[resource],
  );
  const total = used.reduce((sum, amount) => sum + amount, 0);
  const requested = measured
    .flatMap(({ spec }) => spec.containers)
    .reduce((sum, { resources }) => sum + parseQuantity(resources?.requests?.[resource] ?? 0), 0);
  return {
    ok: true,
    utilisation: Math.floor((total * 100) / requested),
    average: total / measured.length,
    pods: measured.length,
  };
}

const failed = (error: string): Measurement => ({ ok: false, error });

function isMeasured({ status }: Pod, now: Date): boolean {
  const since = Date.parse(status.startTime ?? '');
  return now.getTime() - since >= METRICS_DELAY_MILLISECONDS;
}
