import type { Pod } from '../objects/pod';
import { podResources } from './podRequests';

/** How much of each quota key (`pods`, `requests.cpu`, `limits.memory`, …) the pods take. Pods that ended take nothing. */
export function quotaUsageOf(
  pods: readonly Pod[],
  keys: readonly string[],
): Record<string, number> {
  const living = pods.filter(
    ({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed',
  );
  return Object.fromEntries(keys.map(key => [key, usageOf(key, living)]));
}

function usageOf(key: string, pods: readonly Pod[]): number {
  if (key === 'pods' || key === 'count/pods') return pods.length;
  const match = /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(key);
  if (!match) return 0;
  const [, which = 'requests', resource] = match;
  return pods.reduce(
    (total, { spec }) =>
      total + (podResources(spec, which as 'requests' | 'limits')[resource] ?? 0),
    0,
  );
}
