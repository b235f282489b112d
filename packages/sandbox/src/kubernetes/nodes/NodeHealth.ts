import type { Cancel } from '../clock/Timeline';
import { conditionOf } from '../controllers/conditions';
import { EventRecorder } from '../events/EventRecorder';
import type { Kubelets } from '../kubelet/Kubelets';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { Node, Taint } from '../objects/cluster';
import type { Condition } from '../objects/KubeObject';
import type { Pod } from '../objects/pod';
import { tolerates } from '../scheduler/nodeFit';
import { timestamp } from '../store/transitions';

/** --node-monitor-grace-period */
const GRACE_MILLISECONDS = 50_000;
/** An unchanged kubelet still reports this often. */
const HEARTBEAT_MILLISECONDS = 300_000;
const UNREACHABLE = 'node.kubernetes.io/unreachable';

/** Node lifecycle: what the control plane does about a node that it no longer hears of, and about one that returns. */
export class NodeHealth {
  private readonly events: EventRecorder;
  private readonly waiting = new Map<string, Cancel[]>();

  private constructor(
    private readonly cluster: KubernetesCluster,
    private readonly kubelets: Kubelets,
  ) {
    this.events = EventRecorder.create(cluster, { component: 'node-controller' });
  }

  static start(cluster: KubernetesCluster, kubelets: Kubelets): NodeHealth {
    const health = new NodeHealth(cluster, kubelets);
    health.beat();
    return health;
  }

  /** Cuts the node off: its kubelet falls silent, which is noticed after the grace period. */
  lose(node: string): void {
    this.kubelets.lose(node);
    this.later(node, GRACE_MILLISECONDS, () => this.declareLost(node));
  }

  /** The node reports again. */
  recover(node: string): void {
    this.waiting.get(node)?.forEach(cancel => cancel());
    this.waiting.delete(node);
    const stored = this.cluster.get({ kind: 'Node', name: node });
    if (stored) {
      this.writeConditions(stored, healthyCondition);
      this.cluster.modify(stored, draft => {
        const taints = (draft.spec.taints ?? []).filter(({ key }) => key !== UNREACHABLE);
        draft.spec.taints = taints.length > 0 ? taints : undefined;
      });
      this.announce(stored, 'NodeReady');
    }
    this.kubelets.find(node);
  }

  private declareLost(name: string): void {
    const node = this.cluster.get({ kind: 'Node', name });
    if (!node) return;
    this.writeConditions(node, condition => ({
      ...condition,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    }));
    this.announce(node, 'NodeNotReady');
    const timeAdded = timestamp(this.cluster.timeline.now());
    const noExecute: Taint = { key: UNREACHABLE, effect: 'NoExecute', timeAdded };
    const noSchedule: Taint = { key: UNREACHABLE, effect: 'NoSchedule', timeAdded };
    this.cluster.modify(node, draft => {
      draft.spec.taints = [...(draft.spec.taints ?? []), noSchedule, noExecute];
    });
    for (const pod of this.podsOn(name)) {
      this.markNotReady(pod);
      this.evictLater(pod, noExecute);
    }
  }

  /** Only Ready turns False, and nothing says why: the containers still count as ready. */
  private markNotReady(pod: Pod): void {
    const ready = conditionOf(pod.status.conditions, 'Ready');
    if (ready?.status !== 'True') return;
    const lastTransitionTime = timestamp(this.cluster.timeline.now());
    this.cluster.modify(
      pod,
      draft => {
        draft.status.conditions = draft.status.conditions?.map(condition =>
          condition.type === 'Ready'
            ? { ...condition, status: 'False', lastTransitionTime }
            : condition,
        );
      },
      'status',
    );
    const message = 'Node is not ready';
    this.events.record(pod, { type: 'Warning', reason: 'NodeNotReady', message });
  }

  private evictLater(pod: Pod, taint: Taint): void {
    const matching = (pod.spec.tolerations ?? []).filter(toleration =>
      tolerates([toleration], taint),
    );
    const seconds = matching.map(({ tolerationSeconds }) => tolerationSeconds ?? Infinity);
    const wait = matching.length > 0 ? Math.min(...seconds) : 0;
    if (Number.isFinite(wait)) {
      this.later(pod.spec.nodeName ?? '', wait * 1000, () => this.evict(pod));
    }
  }

  private evict(pod: Pod): void {
    const { namespace, name } = pod.metadata;
    const now = timestamp(this.cluster.timeline.now());
    const marked = this.cluster.modify(
      pod,
      draft => {
        draft.status.conditions = [
          ...(draft.status.conditions ?? []),
          {
            type: 'DisruptionTarget',
            status: 'True',
            reason: 'DeletionByTaintManager',
            message: 'Taint manager: deleting due to NoExecute taint',
            observedGeneration: draft.metadata.generation,
            lastProbeTime: null,
            lastTransitionTime: now,
          },
        ];
      },
      'status',
    );
    if (!marked) return;
    const message = `Marking for deletion Pod ${namespace}/${name}`;
    this.events.record(pod, { type: 'Normal', reason: 'TaintManagerEviction', message });
    this.cluster.remove({ kind: 'Pod', namespace, name });
  }

  private beat(): void {
    this.cluster.timeline.after(HEARTBEAT_MILLISECONDS, () => {
      for (const node of this.cluster.list('Node')) {
        if (!this.kubelets.isLost(node.metadata.name)) this.writeConditions(node, same => same);
      }
      this.beat();
    });
  }

  private writeConditions(node: Node, next: (condition: Condition) => Condition): void {
    const now = timestamp(this.cluster.timeline.now());
    this.cluster.modify(
      node,
      draft => {
        draft.status.conditions = draft.status.conditions.map(condition => {
          const changed = next(condition);
          const heard = changed.status === 'Unknown' ? condition.lastHeartbeatTime : now;
          const turned = changed.status !== condition.status;
          const since = turned ? now : condition.lastTransitionTime;
          return { ...changed, lastHeartbeatTime: heard, lastTransitionTime: since };
        });
      },
      'status',
    );
  }

  private announce(node: Node, status: 'NodeReady' | 'NodeNotReady'): void {
    const message = `Node ${node.metadata.name} status is now: ${status}`;
    this.events.record(node, { type: 'Normal', reason: status, message });
  }

  private podsOn(node: string): Pod[] {
    return this.cluster.list('Pod').filter(({ spec }) => spec.nodeName === node);
  }

  private later(node: string, milliseconds: number, task: () => void): void {
    const cancel = this.cluster.timeline.after(milliseconds, task);
    this.waiting.set(node, [...(this.waiting.get(node) ?? []), cancel]);
  }
}

const HEALTHY: Readonly<Record<string, Pick<Condition, 'status' | 'reason' | 'message'>>> = {
  MemoryPressure: {
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  DiskPressure: {
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  PIDPressure: {
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  Ready: { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
};

const healthyCondition = (condition: Condition): Condition => ({
  ...condition,
  ...HEALTHY[condition.type],
});

/** What a kubelet reports of a node on which all is well. */
export const healthyConditions = (now: Date): Condition[] =>
  Object.entries(HEALTHY).map(([type, content]) => ({
    type,
    ...content,
    lastHeartbeatTime: timestamp(now),
    lastTransitionTime: timestamp(now),
  }));
