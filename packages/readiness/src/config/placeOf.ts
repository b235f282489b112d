import { allContainers, podSpecPath, podTemplateOf, type Workload } from '@waymark/kube-graph';

/** What a person calls the place that a pointer into a workload leads to: `Container web`, `Volume config`. */
export function placeOf(workload: Workload, path: string): string {
  const within = allContainers(workload).find(located => path.startsWith(`${located.path}/`));
  if (within) return `Container ${within.container.name}`;
  const volumes = `${podSpecPath(workload)}/volumes/`;
  const index = path.startsWith(volumes) ? parseInt(path.slice(volumes.length), 10) : -1;
  const volume = podTemplateOf(workload).spec.volumes?.[index];
  return volume ? `Volume ${volume.name}` : formatWorkload(workload);
}

const formatWorkload = ({ kind, metadata }: Workload) => `${kind}/${metadata.name}`;
