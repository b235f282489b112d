import { podSpecPath, type Workload } from '@waymark/kube-graph';

/** JSON pointer of the labels that a workload's pods carry, inside its own manifest. */
export const templateLabelsPath = (workload: Workload): string =>
  `${podSpecPath(workload).slice(0, -'/spec'.length)}/metadata/labels`;
