import type { WorkloadStatus } from './sandboxStatus';

export type Found = { workload: WorkloadStatus } | { problem: string };

/** The workload that a person means by `payment` or `robot-shop/payment`. */
export function findWorkload(workloads: readonly WorkloadStatus[], text: string): Found {
  const [name, namespace] = text.split('/').reverse();
  const fitting = workloads.filter(
    workload => workload.name === name && (!namespace || workload.namespace === namespace),
  );
  if (fitting.length === 1) return { workload: fitting[0] };
  const full = (list: readonly WorkloadStatus[]) =>
    list.map(workload => `${workload.namespace}/${workload.name}`).join(', ');
  return fitting.length === 0
    ? { problem: `no workload is called ${text}; there are ${full(workloads) || 'none'}` }
    : { problem: `${text} could be ${full(fitting)}: name one of them` };
}
