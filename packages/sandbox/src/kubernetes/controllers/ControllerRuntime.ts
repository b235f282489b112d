import type { Cancel } from '../clock/Timeline';
import { EventRecorder } from '../events/EventRecorder';
import type { KubernetesCluster } from '../KubernetesCluster';
import { ApiError } from '../status/ApiError';
import type { Change } from '../store/Change';
import type { Controller, ControllerContext, ObjectKey } from './Controller';

/** Changes that come together are handled together: a real work queue is never faster than this either. */
const SETTLE_MILLISECONDS = 10;
// k8s.io/client-go util/workqueue/default_rate_limiters.go, from a second on: below that retries change nothing here.
const FIRST_RETRY_MILLISECONDS = 1000;
const LAST_RETRY_MILLISECONDS = 300_000;

const textOf = ({ namespace = '', name }: ObjectKey) => `${namespace}/${name}`;

/** The work queue of one controller: each object at most once, failures again with growing pauses. */
export class ControllerRuntime {
  private readonly due = new Map<string, { at: number; cancel: Cancel }>();
  private readonly failures = new Map<string, number>();
  private readonly context: ControllerContext;
  private stopWatching: () => void = () => {};

  private constructor(
    private readonly controller: Controller,
    private readonly cluster: KubernetesCluster,
  ) {
    this.context = {
      cluster,
      events: EventRecorder.create(cluster, { component: controller.name }),
      requeue: (key, milliseconds) => this.schedule(key, milliseconds),
    };
  }

  static start(controller: Controller, cluster: KubernetesCluster): ControllerRuntime {
    const runtime = new ControllerRuntime(controller, cluster);
    runtime.stopWatching = cluster.watch(change => runtime.hear(change));
    for (const resource of cluster.resources.all()) {
      for (const object of cluster.store.list(resource)) {
        runtime.hear({ type: 'ADDED', resource, object, version: cluster.store.currentVersion });
      }
    }
    return runtime;
  }

  stop(): void {
    this.stopWatching();
    this.due.forEach(({ cancel }) => cancel());
    this.due.clear();
  }

  private hear(change: Change): void {
    for (const key of this.controller.affected(change, this.context)) {
      this.schedule(key, SETTLE_MILLISECONDS);
    }
  }

  private schedule(key: ObjectKey, milliseconds: number): void {
    const { timeline } = this.cluster;
    const text = textOf(key);
    const at = timeline.now().getTime() + milliseconds;
    const waiting = this.due.get(text);
    if (waiting && waiting.at <= at) return;
    waiting?.cancel();
    const cancel = timeline.after(milliseconds, () => {
      this.due.delete(text);
      this.reconcile(key);
    });
    this.due.set(text, { at, cancel });
  }

  private reconcile(key: ObjectKey): void {
    const text = textOf(key);
    try {
      this.controller.reconcile(key, this.context);
      this.failures.delete(text);
    } catch (error) {
      // A refusal is part of the play and tried again; anything else is a fault of ours and must be seen.
      if (!(error instanceof ApiError)) throw error;
      const failures = this.failures.get(text) ?? 0;
      this.failures.set(text, failures + 1);
      this.schedule(
        key,
        Math.min(FIRST_RETRY_MILLISECONDS * 2 ** failures, LAST_RETRY_MILLISECONDS),
      );
    }
  }
}
