import type { KubernetesCluster } from '../KubernetesCluster';
import type { Pod } from '../objects/pod';
import { selects } from '../selectors/LabelSelector';
import { ApiError } from '../status/ApiError';
import { notFound, tooManyRequests } from '../status/refusals';
import { type ApiAnswer, created } from './ApiAnswer';
import type { ResourceRequest } from './RequestInfo';

/** Evicts a pod as `kubectl drain` does: only while every budget that covers it allows a disruption. */
export function answerEviction(
  cluster: KubernetesCluster,
  { namespace, name = '' }: ResourceRequest,
): ApiAnswer {
  const pod = cluster.get({ kind: 'Pod', namespace, name });
  if (!pod) throw notFound({ group: '', plural: 'pods' }, name);
  spendBudget(cluster, pod);
  cluster.remove({ kind: 'Pod', namespace, name });
  return created({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
}

function spendBudget(cluster: KubernetesCluster, pod: Pod): void {
  const { namespace, labels, name } = pod.metadata;
  const ready = pod.status.conditions?.some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
  const budgets = cluster
    .list('PodDisruptionBudget', { namespace })
    .filter(({ spec }) => selects(spec.selector, labels));
  if (budgets.length > 1) {
    throw new ApiError(
      500,
      'InternalError',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  }
  const [budget] = budgets;
  if (!budget) return;
  const { currentHealthy, desiredHealthy, disruptionsAllowed } = budget.status;
  // A pod that serves nothing may go while the others fulfil the budget (policy IfHealthyBudget).
  if (!ready && currentHealthy >= desiredHealthy && desiredHealthy > 0) return;
  if (disruptionsAllowed <= 0) {
    throw tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", [
      {
        reason: 'DisruptionBudget',
        message:
          `The disruption budget ${budget.metadata.name} needs ${desiredHealthy} healthy pods ` +
          `and has ${currentHealthy} currently`,
      },
    ]);
  }
  const now = cluster.timeline.now().toISOString();
  cluster.modify(
    budget,
    draft => {
      draft.status.disruptionsAllowed -= 1;
      draft.status.disruptedPods = { ...draft.status.disruptedPods, [name]: now };
    },
    'status',
  );
}
