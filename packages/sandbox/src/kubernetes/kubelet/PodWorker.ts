import type { Cancel } from '../clock/Timeline';
import type { EventContent } from '../events/EventRecorder';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { Container, Pod } from '../objects/pod';
import { timestamp } from '../store/transitions';
import type { Behaviours } from './Behaviours';
import { ContainerWorker } from './ContainerWorker';
import type { NodeAgent } from './NodeAgent';
import type { PodHost } from './PodHost';
import { podStatusOf } from './podStatus';
import { mountError } from './volumes';

const SANDBOX_MILLISECONDS = 800;
/** Mount retries: half a second, doubled up to about two minutes. */
const FIRST_MOUNT_RETRY_MILLISECONDS = 500;
const LAST_MOUNT_RETRY_MILLISECONDS = 122_000;

export interface PodWorkerOptions {
  readonly cluster: KubernetesCluster;
  readonly behaviours: Behaviours;
  readonly node: NodeAgent;
  readonly pod: Pod;
}

/** One pod on its node, from the first volume to the last container. */
export class PodWorker implements PodHost {
  readonly cluster: KubernetesCluster;
  readonly podIp: string;
  readonly containers: readonly ContainerWorker[];
  readonly initContainers: readonly ContainerWorker[];
  private readonly node: NodeAgent;
  private readonly behaviours: Behaviours;
  private readonly first: Pod;
  private readonly startTime: string;
  private sandboxReady = false;
  private terminating = false;
  private published = true;
  private cancel: Cancel = () => {};

  private constructor({ cluster, behaviours, node, pod }: PodWorkerOptions) {
    this.cluster = cluster;
    this.behaviours = behaviours;
    this.node = node;
    this.first = pod;
    this.podIp = node.takeAddress();
    this.startTime = timestamp(cluster.timeline.now());
    const { containers, initContainers = [], restartPolicy = 'Always' } = pod.spec;
    const workerOf = (list: string, policy: typeof restartPolicy) => (container: Container) =>
      new ContainerWorker(
        this,
        container,
        `spec.${list}{${container.name}}`,
        container.restartPolicy ?? policy,
      );
    this.containers = containers.map(workerOf('containers', restartPolicy));
    // A step that failed is tried again unless the pod says Never; one that worked is over.
    const ofSteps = restartPolicy === 'Never' ? 'Never' : 'OnFailure';
    this.initContainers = initContainers.map(workerOf('initContainers', ofSteps));
  }

  static start(options: PodWorkerOptions): PodWorker {
    const worker = new PodWorker(options);
    worker.changed();
    worker.mount(FIRST_MOUNT_RETRY_MILLISECONDS);
    return worker;
  }

  get timeline() {
    return this.cluster.timeline;
  }

  get pod(): Pod {
    const { namespace, name, uid } = this.first.metadata;
    const stored = this.cluster.get({ kind: 'Pod', namespace, name });
    return stored && stored.metadata.uid === uid ? stored : this.first;
  }

  get images(): Set<string> {
    return this.node.images;
  }

  behaviourOf(container: Container) {
    return this.behaviours.of(this.first, container);
  }

  event(content: EventContent): void {
    if (!this.node.isLost) this.node.events.record(this.pod, content);
  }

  changed(): void {
    this.published = !this.node.isLost;
    // A lost node cannot tell: the API server keeps what it heard last.
    if (this.node.isLost) return;
    const now = this.timeline.now();
    this.cluster.modify(
      this.first,
      draft => {
        draft.status = podStatusOf(draft, this.facts(), now);
      },
      'status',
    );
  }

  ended(worker: ContainerWorker): void {
    const index = this.initContainers.indexOf(worker);
    if (this.terminating) this.finishTermination();
    else if (index >= 0 && worker.termination?.exitCode === 0) this.startFrom(index + 1);
  }

  /** The pod is being deleted: everything that runs is stopped, then it is gone. */
  terminate(graceSeconds: number): void {
    if (this.terminating) return;
    this.terminating = true;
    this.cancel();
    this.everyContainer().forEach(worker => worker.stop(graceSeconds));
    this.finishTermination();
  }

  /** The node is back: what happened meanwhile is told now. */
  catchUp(): void {
    if (!this.published) this.changed();
    if (this.terminating) this.finishTermination();
  }

  reconsider(): void {
    this.everyContainer().forEach(worker => worker.reconsider());
  }

  dispose(): void {
    this.cancel();
    this.everyContainer().forEach(worker => worker.dispose());
  }

  private everyContainer(): ContainerWorker[] {
    return [...this.initContainers, ...this.containers];
  }

  private facts() {
    return {
      containers: this.containers.map(worker => worker.status()),
      initContainers: this.initContainers.map(worker => worker.status()),
      sandboxReady: this.sandboxReady,
      podIp: this.sandboxReady ? this.podIp : undefined,
      hostIp: this.node.address,
      startTime: this.startTime,
    };
  }

  private mount(retry: number): void {
    const error = mountError(this.cluster, this.pod);
    if (error) {
      this.event({ type: 'Warning', reason: 'FailedMount', message: error });
      this.cancel = this.timeline.after(retry, () =>
        this.mount(Math.min(retry * 2, LAST_MOUNT_RETRY_MILLISECONDS)),
      );
      return;
    }
    this.cancel = this.timeline.after(SANDBOX_MILLISECONDS, () => {
      this.sandboxReady = true;
      this.changed();
      this.startFrom(0);
    });
  }

  /** Init containers one after the other, a native sidecar until it has started; then all containers at once. */
  private startFrom(index: number): void {
    const step = this.initContainers[index];
    if (!step) {
      this.containers.forEach(worker => worker.begin());
      return;
    }
    step.begin();
    if (step.container.restartPolicy === 'Always') this.whenStarted(step, index);
  }

  private whenStarted(sidecar: ContainerWorker, index: number): void {
    this.cancel = this.timeline.after(500, () => {
      if (sidecar.isStarted) this.startFrom(index + 1);
      else this.whenStarted(sidecar, index);
    });
  }

  private finishTermination(): void {
    const running = this.everyContainer().some(worker => worker.status().state.running);
    if (running || this.node.isLost) return;
    this.changed();
    const { namespace, name, uid } = this.first.metadata;
    const stored = this.cluster.get({ kind: 'Pod', namespace, name });
    // A StatefulSet may have put a new pod of the same name in its place.
    if (stored?.metadata.uid === uid) {
      this.cluster.remove({ kind: 'Pod', namespace, name }, { gracePeriodSeconds: 0 });
    }
  }
}
