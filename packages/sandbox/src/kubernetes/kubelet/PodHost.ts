import type { Timeline } from '../clock/Timeline';
import type { EventContent } from '../events/EventRecorder';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { Container, Pod } from '../objects/pod';
import type { ContainerBehaviour } from './ContainerBehaviour';
import type { ContainerWorker } from './ContainerWorker';

/** What a container needs of the pod and the node around it. */
export interface PodHost {
  readonly cluster: KubernetesCluster;
  readonly timeline: Timeline;
  /** The pod as it is stored now. */
  readonly pod: Pod;
  readonly podIp: string;
  /** Images that the node has pulled already. */
  readonly images: Set<string>;
  behaviourOf(container: Container): ContainerBehaviour;
  event(content: EventContent): void;
  /** The container's status is another one now. */
  changed(): void;
  /** The container ended and will not be started again. */
  ended(worker: ContainerWorker): void;
}
