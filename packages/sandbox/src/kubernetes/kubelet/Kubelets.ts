import type { LogLine, PodLogs } from '../http/podLog';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { Pod } from '../objects/pod';
import { badRequest } from '../status/refusals';
import type { Behaviours } from './Behaviours';
import type { ContainerWorker } from './ContainerWorker';
import { internalAddressOf, NodeAgent } from './NodeAgent';
import { PodWorker } from './PodWorker';

/** The kubelets of all nodes: whatever is bound to one of them is brought up there, and its output is read here. */
export class Kubelets implements PodLogs {
  private readonly nodes = new Map<string, NodeAgent>();
  private readonly workers = new Map<string, PodWorker>();
  private readonly stops: (() => void)[] = [];

  private constructor(
    private readonly cluster: KubernetesCluster,
    private readonly behaviours: Behaviours,
  ) {}

  static start(cluster: KubernetesCluster, behaviours: Behaviours): Kubelets {
    const kubelets = new Kubelets(cluster, behaviours);
    kubelets.stops.push(
      cluster.watch(({ type, object }) => {
        if (object.kind === 'Pod') kubelets.sync(object as Pod, type === 'DELETED');
      }),
      behaviours.onChange(() => kubelets.workers.forEach(worker => worker.reconsider())),
    );
    cluster.list('Pod').forEach(pod => kubelets.sync(pod, false));
    return kubelets;
  }

  stop(): void {
    this.stops.forEach(stop => stop());
    this.workers.forEach(worker => worker.dispose());
  }

  /** The node stops talking to the API server; its containers run on. */
  lose(node: string): void {
    this.agentOf(node).isLost = true;
  }

  find(node: string): void {
    this.agentOf(node).isLost = false;
    for (const worker of [...this.workers.values()]) {
      if (worker.pod.spec.nodeName !== node) continue;
      worker.catchUp();
      this.sync(worker.pod, false);
    }
  }

  /** As if the nodes had cleaned them up: the next start has to pull again. */
  forgetImages(images: readonly string[]): void {
    this.nodes.forEach(node => images.forEach(image => node.images.delete(image)));
  }

  isLost(node: string): boolean {
    return this.nodes.get(node)?.isLost ?? false;
  }

  read(pod: Pod, container: string, { previous }: { previous: boolean }): readonly LogLine[] {
    const worker = this.containerOf(pod, container);
    const log = worker?.logOf(previous);
    const { name } = pod.metadata;
    if (previous && !log) {
      throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
    }
    const waiting = worker?.status().state.waiting;
    if (!log || (waiting && log.read().length === 0)) {
      const reason = waiting?.reason ?? 'ContainerCreating';
      throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${reason}`);
    }
    return log.read();
  }

  follow(pod: Pod, container: string, listener: (line: LogLine) => void): () => void {
    return this.containerOf(pod, container)?.logOf(false)?.follow(listener) ?? (() => {});
  }

  private sync(pod: Pod, gone: boolean): void {
    const { uid = '', deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
    const worker = this.workers.get(uid);
    if (gone) {
      worker?.dispose();
      this.workers.delete(uid);
    } else if (deletionTimestamp) {
      if (worker && !this.isLost(pod.spec.nodeName ?? ''))
        worker.terminate(deletionGracePeriodSeconds);
    } else if (pod.spec.nodeName && !worker) {
      const node = this.agentOf(pod.spec.nodeName);
      const { cluster, behaviours } = this;
      this.workers.set(uid, PodWorker.start({ cluster, behaviours, node, pod }));
    }
  }

  private containerOf(pod: Pod, name: string): ContainerWorker | undefined {
    const worker = this.workers.get(pod.metadata.uid ?? '');
    return [...(worker?.containers ?? []), ...(worker?.initContainers ?? [])].find(
      ({ container }) => container.name === name,
    );
  }

  private agentOf(name: string): NodeAgent {
    const known = this.nodes.get(name);
    if (known) return known;
    const node = this.cluster.get({ kind: 'Node', name });
    const agent = new NodeAgent(this.cluster, name, node ? internalAddressOf(node) : '10.0.0.10');
    this.nodes.set(name, agent);
    return agent;
  }
}
