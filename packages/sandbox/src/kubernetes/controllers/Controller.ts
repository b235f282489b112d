import type { EventRecorder } from '../events/EventRecorder';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { Change } from '../store/Change';

/** Names the object that a controller works on; the kind is the controller's own. */
export interface ObjectKey {
  readonly namespace?: string;
  readonly name: string;
}

export interface ControllerContext {
  readonly cluster: KubernetesCluster;
  readonly events: EventRecorder;
  /** Look at this object again after that many milliseconds; the earliest request counts. */
  requeue(key: ObjectKey, milliseconds: number): void;
}

/**
 * One control loop: which objects a change concerns, and what to do to bring one of them closer to its spec. Called
 * again for as long as something changes, so it may do one step at a time. A thrown error is retried with backoff.
 */
export interface Controller {
  readonly name: string;
  affected(change: Change, context: ControllerContext): Iterable<ObjectKey>;
  reconcile(key: ObjectKey, context: ControllerContext): void;
}
