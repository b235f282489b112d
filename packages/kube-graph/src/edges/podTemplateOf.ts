import {
  kindOf,
  type Container,
  type KubeObject,
  type LabelSelector,
  type PodTemplate,
  type Workload,
} from '../objects';

export const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
] as const;

export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

const KINDS: ReadonlySet<string> = new Set(WORKLOAD_KINDS);

export const isWorkload = (object: KubeObject): object is Workload =>
  KINDS.has(object.kind) && kindOf(object) !== undefined;

const EMPTY: PodTemplate = { spec: { containers: [] } };

/** Labels and spec of the pods that a workload makes; a pod is its own template. Never undefined, so that half an object does no harm. */
export function podTemplateOf(workload: Workload): PodTemplate {
  if (workload.kind === 'Pod')
    return { metadata: workload.metadata, spec: workload.spec ?? EMPTY.spec };
  const template =
    workload.kind === 'CronJob'
      ? workload.spec?.jobTemplate?.spec?.template
      : workload.spec?.template;
  return template?.spec ? template : { ...template, spec: EMPTY.spec };
}

/** JSON pointer of the pod spec inside the workload's own manifest. */
export function podSpecPath(workload: Workload): string {
  if (workload.kind === 'Pod') return '/spec';
  return workload.kind === 'CronJob'
    ? '/spec/jobTemplate/spec/template/spec'
    : '/spec/template/spec';
}

export function selectorOf(workload: Workload): LabelSelector | undefined {
  switch (workload.kind) {
    case 'Pod':
    case 'CronJob':
      return undefined;
    default:
      return workload.spec?.selector;
  }
}

export interface LocatedContainer {
  readonly container: Container;
  /** JSON pointer inside the workload's manifest. */
  readonly path: string;
  /** An init container with restartPolicy Always: it runs as long as the pod. */
  readonly sidecar: boolean;
}

/** The containers that run for the pod's whole life: the main ones and the native sidecars. */
export function longRunningContainers(workload: Workload): LocatedContainer[] {
  const sidecars = initContainers(workload).filter(({ sidecar }) => sidecar);
  return [...mainContainers(workload), ...sidecars];
}

/** Every container of the template, those that run before the others included. */
export const allContainers = (workload: Workload): LocatedContainer[] => [
  ...mainContainers(workload),
  ...initContainers(workload),
];

function mainContainers(workload: Workload): LocatedContainer[] {
  const { containers = [] } = podTemplateOf(workload).spec;
  const base = `${podSpecPath(workload)}/containers/`;
  return containers.map((container, index) => ({
    container,
    path: `${base}${index}`,
    sidecar: false,
  }));
}

function initContainers(workload: Workload): LocatedContainer[] {
  const { initContainers: containers } = podTemplateOf(workload).spec;
  if (!containers) return [];
  const base = `${podSpecPath(workload)}/initContainers/`;
  return containers.map((container, index) => ({
    container,
    path: `${base}${index}`,
    sidecar: container.restartPolicy === 'Always',
  }));
}
