import type { ResourceQuota } from '../objects/cluster';
import type { Pod } from '../objects/pod';
import { formatQuantity, parseQuantity } from '../quantity/quantity';
import { quotaUsageOf } from '../quantity/quotaUsage';
import { forbidden } from '../status/refusals';
import type { Admission } from './Admission';

/**
 * Refuses a pod that a ResourceQuota of its namespace has no room for, or that leaves out what the quota counts.
 * Texts as in k8s.io/apiserver pkg/admission/plugin/resourcequota.
 */
export const enforceQuota: Admission = ({ operation, object, resource, cluster }) => {
  if (operation !== 'CREATE' || object.kind !== 'Pod') return;
  const pod = object as Pod;
  const { namespace, name } = pod.metadata;
  const pods = cluster.list('Pod', { namespace }) as readonly Pod[];
  for (const quota of cluster.list('ResourceQuota', { namespace }) as readonly ResourceQuota[]) {
    const hard = quota.spec.hard ?? {};
    const unnamed = uncounted(pod, Object.keys(hard));
    if (unnamed) {
      throw forbidden(
        resource,
        name,
        `failed quota: ${quota.metadata.name}: must specify ${unnamed}`,
      );
    }
    const requested = quotaUsageOf([pod], Object.keys(hard));
    const used = quotaUsageOf(pods, Object.keys(hard));
    const exceeded = Object.keys(hard)
      .filter(key => requested[key] > 0 && used[key] + requested[key] > parseQuantity(hard[key]))
      .sort();
    if (exceeded.length === 0) continue;
    const print = (amounts: Record<string, number>) =>
      exceeded.map(key => `${key}=${formatQuantity(amounts[key], key)}`).join(',');
    const limits = exceeded.map(key => `${key}=${hard[key]}`).join(',');
    throw forbidden(
      resource,
      name,
      `exceeded quota: ${quota.metadata.name}, requested: ${print(requested)}, used: ${print(used)}, limited: ${limits}`,
    );
  }
};

/** `limits.cpu for: app,proxy; requests.memory for: app`, or nothing when all containers name what is counted. */
function uncounted({ spec }: Pod, keys: readonly string[]): string | undefined {
  const missing = keys
    .flatMap(key => {
      const match = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(key);
      if (!match) return [];
      const [, which = 'requests', resource] = match;
      const silent = spec.containers
        .filter(({ resources }) => !resources?.[which as 'requests' | 'limits']?.[resource])
        .map(({ name }) => name);
      return silent.length > 0 ? [`${key} for: ${silent.join(',')}`] : [];
    })
    .sort();
  return missing.length > 0 ? missing.join('; ') : undefined;
}
