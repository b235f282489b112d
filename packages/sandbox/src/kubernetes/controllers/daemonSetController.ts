import type { KubernetesCluster } from '../KubernetesCluster';
import type { Node } from '../objects/cluster';
import type { Pod, Toleration } from '../objects/pod';
import type { DaemonSet } from '../objects/workload';
import { resolveCount } from '../quantity/quantity';
import { tolerates } from '../scheduler/nodeFit';
import type { Controller, ControllerContext } from './Controller';
import { omitZero } from './omitZero';
import { controlledBy, keyOf, ownerOfKind } from './ownership';
import { isReady, podFrom } from './podState';
import { templateHash } from './templateHash';

const REVISION = 'controller-revision-hash';

/** What every daemon pod tolerates (pkg/controller/daemon/util): a node in trouble keeps its daemons. */
const DAEMON_TOLERATIONS: readonly Toleration[] = [
  ...['not-ready', 'unreachable'].map(name => ({ name, effect: 'NoExecute' })),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map(name => ({
    name,
    effect: 'NoSchedule',
  })),
].map(({ name, effect }) => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists', effect }));

/** DaemonSet → one pod on every node that it tolerates. */
export const daemonSetController: Controller = {
  name: 'daemonset-controller',

  *affected({ object }, { cluster }) {
    if (object.kind === 'DaemonSet') yield keyOf(object);
    if (object.kind === 'Pod') yield* ownerOfKind(object, 'DaemonSet');
    if (object.kind === 'Node') yield* cluster.list('DaemonSet').map(keyOf);
  },

  reconcile(key, context) {
    const set = context.cluster.get({ kind: 'DaemonSet', ...key });
    if (!set) return;
    if (!set.metadata.deletionTimestamp) step(set, context);
    writeStatus(set, context.cluster);
  },
};

const isOld = (set: DaemonSet, { metadata }: Pod) =>
  metadata.labels?.[REVISION] !== templateHash(set.spec.template);

/** The node that a daemon pod is meant for is its only affinity; the scheduler then binds it. */
function targetOf({ spec }: Pod): string | undefined {
  const [term] =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms ?? [];
  return spec.nodeName ?? term?.matchFields?.[0]?.values?.[0];
}

function eligibleNodes(set: DaemonSet, cluster: KubernetesCluster): Node[] {
  const { tolerations = [], nodeSelector = {} } = set.spec.template.spec;
  const all = [...tolerations, ...DAEMON_TOLERATIONS];
  return cluster.list('Node').filter(({ spec, metadata }) => {
    const taints = (spec?.taints ?? []).filter(({ effect }) => effect !== 'PreferNoSchedule');
    const selected = Object.entries(nodeSelector).every(
      ([label, value]) => metadata.labels?.[label] === value,
    );
    return selected && taints.every(taint => tolerates(all, taint));
  });
}

function step(set: DaemonSet, context: ControllerContext): void {
  const { cluster } = context;
  const nodes = eligibleNodes(set, cluster).map(({ metadata }) => metadata.name);
  const pods = controlledBy(cluster, 'Pod', set);
  for (const pod of pods) {
    const ended = pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded';
    if (ended || !nodes.includes(targetOf(pod) ?? '')) deletePod(set, pod, context);
  }
  for (const node of nodes) {
    if (!pods.some(pod => targetOf(pod) === node)) createPod(set, node, context);
  }
  replaceOld(set, pods, nodes.length, context);
}

function replaceOld(
  set: DaemonSet,
  pods: readonly Pod[],
  desired: number,
  context: ControllerContext,
): void {
  const { updateStrategy } = set.spec;
  if (updateStrategy?.type === 'OnDelete') return;
  const limit = resolveCount(updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, desired, 'up');
  const isDown = (pod: Pod) => !isReady(pod) || pod.metadata.deletionTimestamp !== undefined;
  const room = Math.max(0, limit - (desired - pods.length) - pods.filter(isDown).length);
  const old = pods.filter(pod => isOld(set, pod));
  // Pods that are down anyway cost no availability.
  const candidates = [...old.filter(isDown), ...old.filter(pod => !isDown(pod)).slice(0, room)];
  candidates.forEach(pod => deletePod(set, pod, context));
}

function deletePod(set: DaemonSet, pod: Pod, { cluster, events }: ControllerContext): void {
  if (pod.metadata.deletionTimestamp) return;
  cluster.remove({ kind: 'Pod', ...keyOf(pod) });
  const message = `Deleted pod: ${pod.metadata.name}`;
  events.record(set, { type: 'Normal', reason: 'SuccessfulDelete', message });
}

function createPod(set: DaemonSet, node: string, { cluster, events }: ControllerContext): void {
  const { template } = set.spec;
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  const pod = podFrom(template, set, {
    generateName: `${set.metadata.name}-`,
    labels: { [REVISION]: templateHash(template) },
  });
  const created = cluster.create({
    ...pod,
    spec: {
      ...template.spec,
      tolerations: [...(template.spec.tolerations ?? []), ...DAEMON_TOLERATIONS],
      affinity: {
        ...template.spec.affinity,
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
        },
      },
    },
  });
  const message = `Created pod: ${created.metadata.name}`;
  events.record(set, { type: 'Normal', reason: 'SuccessfulCreate', message });
}

function writeStatus(set: DaemonSet, cluster: KubernetesCluster): void {
  const nodes = eligibleNodes(set, cluster).map(({ metadata }) => metadata.name);
  const pods = controlledBy(cluster, 'Pod', set).filter(pod =>
    nodes.includes(pod.spec.nodeName ?? ''),
  );
  const ready = pods.filter(isReady).length;
  cluster.modify(
    set,
    draft => {
      draft.status = {
        observedGeneration: draft.metadata.generation,
        currentNumberScheduled: pods.length,
        desiredNumberScheduled: nodes.length,
        numberMisscheduled: 0,
        numberReady: ready,
        ...omitZero({
          updatedNumberScheduled: pods.filter(pod => !isOld(set, pod)).length,
          numberAvailable: ready,
          numberUnavailable: nodes.length - ready,
        }),
      };
    },
    'status',
  );
}
