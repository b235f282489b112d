import type { KubernetesCluster } from '../KubernetesCluster';
import { controllerOf } from '../controllers/ownership';
import type { Container, Pod } from '../objects/pod';
import { type ContainerBehaviour, ordinaryBehaviour } from './ContainerBehaviour';

/** Names a workload as people do: by its namespace and the name of what they deployed. */
export interface WorkloadName {
  readonly namespace: string;
  readonly name: string;
}

type Listener = (workload: WorkloadName) => void;

const keyOf = ({ namespace, name }: WorkloadName) => `${namespace}/${name}`;

/** An image that nobody has pushed. A convention of the sandbox, so that a wrong tag can be tried out from Git as well. */
const MISSING_IMAGE = /:[^/]*(does-not-exist|no-such|missing)[^/]*$/;

/** What containers of which workload do. What is not said is ordinary: pull, start, listen, answer 200, stop when told. */
export class Behaviours {
  private readonly changed = new Map<string, Partial<ContainerBehaviour>>();
  private readonly listeners = new Set<Listener>();

  private constructor(private readonly cluster: KubernetesCluster) {}

  static create(cluster: KubernetesCluster): Behaviours {
    return new Behaviours(cluster);
  }

  /** Replaces what was said of the workload before; its running containers behave so from now on. */
  set(workload: WorkloadName, behaviour: Partial<ContainerBehaviour>): void {
    this.changed.set(keyOf(workload), behaviour);
    this.listeners.forEach(listener => listener(workload));
  }

  reset(workload: WorkloadName): void {
    this.changed.delete(keyOf(workload));
    this.listeners.forEach(listener => listener(workload));
  }

  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  of(pod: Pod, container: Container): ContainerBehaviour {
    const ended = pod.spec.restartPolicy !== 'Always' || isInitStep(pod, container);
    const isMain = pod.spec.containers[0] === container;
    return {
      ...ordinaryBehaviour,
      ...logsOf(container),
      imageMissing: MISSING_IMAGE.test(container.image ?? ''),
      // What is expected to end does, quickly and well.
      ...(ended && { exit: { after: 3, code: 0, reason: 'Completed', log: ['done'] } }),
      ...(isMain && this.changed.get(keyOf(this.workloadOf(pod)))),
    };
  }

  /** The Deployment behind a ReplicaSet, else whatever controls the pod, else the pod itself. */
  workloadOf(pod: Pod): WorkloadName {
    const { namespace = '', name } = pod.metadata;
    const owner = controllerOf(pod);
    if (owner?.kind !== 'ReplicaSet') return { namespace, name: owner?.name ?? name };
    const set = this.cluster.get({ kind: 'ReplicaSet', namespace, name: owner.name });
    return { namespace, name: (set && controllerOf(set)?.name) ?? owner.name };
  }
}

const isInitStep = ({ spec }: Pod, container: Container): boolean =>
  container.restartPolicy !== 'Always' &&
  (spec.initContainers ?? []).some(({ name }) => name === container.name);

function logsOf({ name, image, ports = [] }: Container): Partial<ContainerBehaviour> {
  const line = (msg: string, more: object) => JSON.stringify({ level: 'info', msg, ...more });
  const [port] = ports;
  return {
    startLog: [line('starting', { service: name, image })],
    listenLog: port ? [line('listening', { port: port.containerPort })] : [],
  };
}
