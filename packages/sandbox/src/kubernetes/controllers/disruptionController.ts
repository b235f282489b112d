import type { KubernetesCluster } from '../KubernetesCluster';
import type { Pod } from '../objects/pod';
import type { PodDisruptionBudget } from '../objects/scaling';
import { resolveCount } from '../quantity/quantity';
import { selects } from '../selectors/LabelSelector';
import { withCondition } from './conditions';
import type { Controller } from './Controller';
import { controllerOf, keyOf } from './ownership';
import { isReady } from './podState';

/** PodDisruptionBudget → how many pods may be evicted now: pkg/controller/disruption. */
export const disruptionController: Controller = {
  name: 'controllermanager',

  *affected({ object, previous }, { cluster }) {
    if (object.kind === 'PodDisruptionBudget') yield keyOf(object);
    if (object.kind !== 'Pod') return;
    const { namespace } = object.metadata;
    for (const budget of cluster.list('PodDisruptionBudget', { namespace })) {
      const covers = [object, previous].some(
        pod => pod && selects(budget.spec.selector, pod.metadata.labels),
      );
      if (covers) yield keyOf(budget);
    }
  },

  reconcile(key, { cluster, events }) {
    const budget = cluster.get({ kind: 'PodDisruptionBudget', ...key });
    if (!budget) return;
    const pods = cluster
      .list('Pod', { namespace: budget.metadata.namespace })
      .filter(
        ({ metadata, status }) =>
          selects(budget.spec.selector, metadata.labels) &&
          status.phase !== 'Succeeded' &&
          status.phase !== 'Failed',
      );
    if (pods.length === 0 && budget.status.observedGeneration === undefined) {
      events.record(budget, {
        type: 'Normal',
        reason: 'NoPods',
        message: 'No matching pods found',
      });
    }
    cluster.modify(
      budget,
      draft => {
        draft.status = statusOf(draft, pods, cluster);
      },
      'status',
    );
  },
};

function statusOf(
  { spec, status, metadata }: PodDisruptionBudget,
  pods: readonly Pod[],
  cluster: KubernetesCluster,
): PodDisruptionBudget['status'] {
  const expectedPods = expectedCount(spec, pods, cluster);
  const desiredHealthy =
    spec.maxUnavailable === undefined
      ? resolveCount(spec.minAvailable ?? 0, expectedPods, 'up')
      : Math.max(0, expectedPods - resolveCount(spec.maxUnavailable, expectedPods, 'up'));
  const currentHealthy = pods.filter(pod => isReady(pod) && !pod.metadata.deletionTimestamp).length;
  const disruptionsAllowed = expectedPods === 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
  const content = {
    type: 'DisruptionAllowed',
    status: disruptionsAllowed > 0 ? ('True' as const) : ('False' as const),
    reason: disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
  };
  return {
    observedGeneration: metadata.generation,
    currentHealthy,
    desiredHealthy,
    disruptionsAllowed,
    expectedPods,
    conditions: withCondition(status.conditions, content, cluster.timeline.now()).map(
      condition => ({
        ...condition,
        observedGeneration: metadata.generation,
      }),
    ),
  };
}

/** A fixed minimum counts the pods that are there; everything else what their controllers want. */
function expectedCount(
  { minAvailable, maxUnavailable }: PodDisruptionBudget['spec'],
  pods: readonly Pod[],
  cluster: KubernetesCluster,
): number {
  const fixed = maxUnavailable === undefined && typeof minAvailable === 'number';
  if (fixed) return pods.length;
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    const namespace = pod.metadata.namespace;
    if (owner) scales.set(owner.uid, scaleOf(owner.kind, owner.name, namespace, cluster));
  }
  return [...scales.values()].reduce((sum, replicas) => sum + replicas, 0);
}

function scaleOf(
  kind: string,
  name: string,
  namespace: string | undefined,
  cluster: KubernetesCluster,
): number {
  if (kind !== 'ReplicaSet') {
    const owner = cluster.get({ kind: 'StatefulSet', namespace, name });
    return owner?.spec.replicas ?? 0;
  }
  const set = cluster.get({ kind: 'ReplicaSet', namespace, name });
  const deployment = set && controllerOf(set);
  if (deployment?.kind !== 'Deployment') return set?.spec.replicas ?? 0;
  return cluster.get({ kind: 'Deployment', namespace, name: deployment.name })?.spec.replicas ?? 0;
}
