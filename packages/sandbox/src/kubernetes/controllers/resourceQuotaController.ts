import { formatQuantity } from '../quantity/quantity';
import { quotaUsageOf } from '../quantity/quotaUsage';
import type { Controller } from './Controller';
import { keyOf } from './ownership';

/** ResourceQuota → how much of it is used. That it is not exceeded is admission's part. */
export const resourceQuotaController: Controller = {
  name: 'resourcequota-controller',

  *affected({ object }, { cluster }) {
    if (object.kind === 'ResourceQuota') yield keyOf(object);
    if (object.kind === 'Pod') {
      const { namespace } = object.metadata;
      yield* cluster.list('ResourceQuota', { namespace }).map(keyOf);
    }
  },

  reconcile(key, { cluster }) {
    const quota = cluster.get({ kind: 'ResourceQuota', ...key });
    if (!quota) return;
    const hard = quota.spec.hard ?? {};
    const pods = cluster.list('Pod', { namespace: key.namespace });
    const used = Object.entries(quotaUsageOf(pods, Object.keys(hard))).map(
      ([resource, amount]) => [resource, formatQuantity(amount, resource)] as const,
    );
    cluster.modify(
      quota,
      draft => {
        draft.status = { hard, used: Object.fromEntries(used) };
      },
      'status',
    );
  },
};
