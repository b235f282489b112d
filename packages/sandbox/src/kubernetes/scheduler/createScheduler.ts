import { conditionOf, withCondition, withoutCondition } from '../controllers/conditions';
import type { Controller, ControllerContext } from '../controllers/Controller';
import { controllerOf, keyOf } from '../controllers/ownership';
import { SeriesRecorder } from '../events/SeriesRecorder';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { Pod } from '../objects/pod';
import { podResources } from '../quantity/podRequests';
import { parseQuantity } from '../quantity/quantity';
import { timestamp } from '../store/transitions';
import { type Misfit, misfitOf, type NodeState } from './nodeFit';

/** Pods that did not fit are tried again this often even if nothing happened (podMaxInUnschedulablePodsDuration). */
const FLUSH_MILLISECONDS = 300_000;
const TOPOLOGY_LABELS = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

/** What a pending pod may be waiting for besides other pods. */
const awaited = ['Node', 'PersistentVolumeClaim'];

/** Pods → nodes: filters as the real one, then the emptiest node with the fewest siblings. */
export function createScheduler(cluster: KubernetesCluster): Controller {
  const recorder = SeriesRecorder.create(cluster, 'default-scheduler');
  return {
    name: 'default-scheduler',

    *affected({ type, object }) {
      if (object.kind === 'Pod' && type !== 'DELETED' && isPending(object as Pod)) {
        if (type === 'ADDED') yield keyOf(object);
        return;
      }
      // Room may have become free, or a node fit.
      const frees = object.kind === 'Pod' && type === 'DELETED';
      if (frees || awaited.includes(object.kind)) {
        yield* cluster.list('Pod').filter(isPending).map(keyOf);
      }
    },

    reconcile(key, context) {
      const pod = cluster.get({ kind: 'Pod', ...key });
      if (pod && isPending(pod)) schedule(pod, context, recorder);
    },
  };
}

const isPending = ({ spec, metadata, status }: Pod): boolean =>
  !spec.nodeName && !metadata.deletionTimestamp && status.phase === 'Pending';

function schedule(pod: Pod, context: ControllerContext, recorder: SeriesRecorder): void {
  const { cluster } = context;
  const running = cluster
    .list('Pod')
    .filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed');
  const states = cluster.list('Node').map(node => ({
    node,
    pods: running.filter(({ spec }) => spec.nodeName === node.metadata.name),
  }));
  const judged = states.map(state => ({ state, misfit: misfitOf(pod, state, states) }));
  const fitting = judged.filter(({ misfit }) => !misfit).map(({ state }) => state);
  const unbound = unboundClaim(pod, cluster);
  if (fitting.length > 0 && !unbound) {
    bind(pod, best(pod, fitting), context, recorder);
    return;
  }
  const misfits = judged.map(({ misfit }) => misfit).filter(misfit => misfit !== undefined);
  const message = unbound ?? explain(states.length, misfits);
  refuse(pod, message, context, recorder);
}

/** The sentence of the FailedScheduling event, recorded on 1.36.3. */
function explain(nodes: number, misfits: readonly Misfit[]): string {
  if (nodes === 0) return 'no nodes available to schedule pods';
  const preemption = misfits.map(({ preemptible }) =>
    preemptible
      ? 'No preemption victims found for incoming pod'
      : 'Preemption is not helpful for scheduling',
  );
  const reasons = misfits.flatMap(misfit => misfit.reasons);
  return (
    `0/${nodes} nodes are available: ${histogram(reasons)}. no new claims to deallocate, ` +
    `preemption: 0/${nodes} nodes are available: ${histogram(preemption)}.`
  );
}

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}

function unboundClaim({ spec, metadata }: Pod, cluster: KubernetesCluster): string | undefined {
  const nodes = cluster.list('Node').length;
  for (const { persistentVolumeClaim } of spec.volumes ?? []) {
    if (!persistentVolumeClaim) continue;
    const name = persistentVolumeClaim.claimName;
    const { namespace } = metadata;
    const claim = cluster.get({ kind: 'PersistentVolumeClaim', namespace, name });
    // The stray end of both sentences is the real one's.
    const why = !claim
      ? `persistentvolumeclaim "${name}" not found`
      : claim.status?.phase !== 'Bound' && 'pod has unbound immediate PersistentVolumeClaims';
    if (why) return `0/${nodes} nodes are available: ${why}. not found`;
  }
  return undefined;
}

/** Fewest siblings of the same controller first, then the least share of CPU requested. */
function best(pod: Pod, fitting: readonly NodeState[]): NodeState {
  const owner = controllerOf(pod)?.uid;
  const score = ({ node, pods }: NodeState) => {
    const siblings = pods.filter(other => owner && controllerOf(other)?.uid === owner).length;
    const used = pods.reduce((sum, { spec }) => sum + (podResources(spec).cpu ?? 0), 0);
    return siblings * 1000 + used / parseQuantity(node.status.allocatable.cpu ?? '1');
  };
  return [...fitting].sort((a, b) => score(a) - score(b))[0];
}

function bind(
  pod: Pod,
  { node }: NodeState,
  { cluster }: ControllerContext,
  recorder: SeriesRecorder,
): void {
  const { name: nodeName, labels = {} } = node.metadata;
  const topology = TOPOLOGY_LABELS.filter(label => labels[label]).map(label => [
    label,
    labels[label],
  ]);
  const now = cluster.timeline.now();
  cluster.modify(
    pod,
    draft => {
      const others = withoutCondition(draft.status.conditions, 'PodScheduled');
      const lastTransitionTime = timestamp(now);
      const scheduled = { type: 'PodScheduled', status: 'True' as const, lastTransitionTime };
      draft.status.conditions = [...others, { ...scheduled, lastProbeTime: null }];
    },
    'status',
  );
  const bound = cluster.modify(pod, draft => {
    draft.spec.nodeName = nodeName;
    draft.metadata.labels = { ...draft.metadata.labels, ...Object.fromEntries(topology) };
  });
  const { namespace, name } = pod.metadata;
  recorder.record(bound ?? pod, {
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
    action: 'Binding',
  });
}

function refuse(
  pod: Pod,
  message: string,
  { cluster, requeue }: ControllerContext,
  recorder: SeriesRecorder,
): void {
  const content = {
    type: 'PodScheduled',
    status: 'False' as const,
    reason: 'Unschedulable',
    message,
  };
  cluster.modify(
    pod,
    draft => {
      const before = conditionOf(draft.status.conditions, 'PodScheduled');
      const conditions = withCondition(draft.status.conditions, content, cluster.timeline.now());
      draft.status.conditions = conditions.map(condition =>
        condition.type === 'PodScheduled'
          ? {
              ...condition,
              message,
              observedGeneration: draft.metadata.generation,
              lastProbeTime: before?.lastProbeTime ?? null,
            }
          : condition,
      );
    },
    'status',
  );
  recorder.record(pod, {
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
    action: 'Scheduling',
  });
  requeue(keyOf(pod), FLUSH_MILLISECONDS);
}
