import type { Container, PodSpec } from '../objects/pod';
import { parseQuantity } from './quantity';

/**
 * What the scheduler reserves for a pod, by resource: all containers together with native sidecars, or the largest
 * init container if that is more.
 */
export function podResources(
  { containers, initContainers = [] }: PodSpec,
  which: 'requests' | 'limits' = 'requests',
): Record<string, number> {
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const steps = initContainers.filter(({ restartPolicy }) => restartPolicy !== 'Always');
  const together = sum([...containers, ...sidecars], which);
  for (const step of steps) {
    for (const [resource, amount] of Object.entries(sum([step], which))) {
      together[resource] = Math.max(together[resource] ?? 0, amount);
    }
  }
  return together;
}

function sum(containers: readonly Container[], which: 'requests' | 'limits') {
  const total: Record<string, number> = {};
  for (const { resources } of containers) {
    for (const [resource, quantity] of Object.entries(resources?.[which] ?? {})) {
      total[resource] = (total[resource] ?? 0) + parseQuantity(quantity);
    }
  }
  return total;
}

/** BestEffort without any request or limit, Guaranteed when cpu and memory of all containers are equal, else Burstable. */
export function qosClassOf({ containers, initContainers = [] }: PodSpec): string {
  const all = [...containers, ...initContainers];
  const empty = ({ resources: { requests = {}, limits = {} } = {} }: Container) =>
    Object.keys(requests).length === 0 && Object.keys(limits).length === 0;
  if (all.every(empty)) return 'BestEffort';
  const fixed = ({ resources: { requests = {}, limits = {} } = {} }: Container) =>
    ['cpu', 'memory'].every(
      resource =>
        limits[resource] !== undefined &&
        parseQuantity(requests[resource] ?? limits[resource]) === parseQuantity(limits[resource]),
    );
  return all.every(fixed) ? 'Guaranteed' : 'Burstable';
}
