import type { Container, ContainerStatus, FieldPath, Pod } from '@waymark/kube-graph';

/** What verdicts read of container statuses, the text that a container leaves at its end included. */
export const containerStatusReads: readonly FieldPath[] = [
  'containerStatuses',
  'initContainerStatuses',
].flatMap(list =>
  ['name', 'image', 'ready', 'started', 'restartCount', 'state', 'lastState'].map(
    (field): FieldPath => `/status/${list}/${field}`,
  ),
);

/** One container of one pod: what was asked for beside what became of it. */
export interface ContainerView {
  readonly pod: Pod;
  readonly name: string;
  /** A sidecar is an init container that restarts always. */
  readonly role: 'main' | 'sidecar' | 'init';
  /** Absent for a status that no container of the spec explains. */
  readonly spec?: Container;
  readonly status: ContainerStatus;
  /** JSON pointer of the status inside the pod. */
  readonly path: string;
  /** JSON pointer of the container inside the pod; absent like the container. */
  readonly specPath?: string;
}

type Termination = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>;

/** The containers that have a status, init containers first as they run first. */
export function containersOf(pod: Pod): readonly ContainerView[] {
  const { initContainers = [], containers = [] } = pod.spec ?? {};
  return [
    ...viewsOf(pod, 'initContainer', initContainers),
    ...viewsOf(pod, 'container', containers),
  ];
}

function viewsOf(pod: Pod, list: 'container' | 'initContainer', specs: readonly Container[]) {
  return (pod.status?.[`${list}Statuses`] ?? []).map((status, index): ContainerView => {
    const position = specs.findIndex(({ name }) => name === status.name);
    const spec = position < 0 ? undefined : specs[position];
    return {
      pod,
      name: status.name,
      role: list === 'container' ? 'main' : roleOf(spec),
      status,
      path: `/status/${list}Statuses/${index}`,
      ...(spec && { spec, specPath: `/spec/${list}s/${position}` }),
    };
  });
}

const roleOf = (spec?: Container) => (spec?.restartPolicy === 'Always' ? 'sidecar' : 'init');

export interface LastTermination {
  readonly termination: Termination;
  /** JSON pointer inside the pod. */
  readonly path: string;
  /** The container has not been started again since. */
  readonly current: boolean;
}

/** How the container ended last: now, while it waits for the next start, or before the present run. */
export function lastTerminationOf({ status, path }: ContainerView): LastTermination | undefined {
  const { state, lastState } = status;
  if (state?.terminated)
    return { termination: state.terminated, path: `${path}/state/terminated`, current: true };
  if (lastState?.terminated) {
    const current = state?.waiting !== undefined;
    return { termination: lastState.terminated, path: `${path}/lastState/terminated`, current };
  }
  return undefined;
}
