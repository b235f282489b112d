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

export const isWorkload = (object: KubeObject): object is Workload =>
  (WORKLOAD_KINDS as readonly (string | undefined)[]).includes(kindOf(object));

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
  const { containers = [], initContainers = [] } = podTemplateOf(workload).spec;
  const base = podSpecPath(workload);
  return [
    ...containers.map((container, index) => ({
      container,
      path: `${base}/containers/${index}`,
      sidecar: false,
    })),
    ...initContainers
      .map((container, index) => ({
        container,
        path: `${base}/initContainers/${index}`,
        sidecar: true,
      }))
      .filter(({ container }) => container.restartPolicy === 'Always'),
  ];
}

/** Every container of the template, those that run before the others included. */
export function allContainers(workload: Workload): LocatedContainer[] {
  const { containers = [], initContainers = [] } = podTemplateOf(workload).spec;
  const base = podSpecPath(workload);
  return [
    ...containers.map((container, index) => ({
      container,
      path: `${base}/containers/${index}`,
      sidecar: false,
    })),
    ...initContainers.map((container, index) => ({
      container,
      path: `${base}/initContainers/${index}`,
      sidecar: container.restartPolicy === 'Always',
    })),
  ];
}
