import type { Container, Graph, Kind, Pod, Workload } from '@waymark/kube-graph';
import type { Gap } from '../engine';

export type LivePods =
  | { readonly known: true; readonly pods: readonly Pod[] }
  | { readonly known: false; readonly gap: Gap };

/** What lies between a workload and its pods. */
const CHAIN: Readonly<Partial<Record<Workload['kind'], readonly Kind[]>>> = {
  Deployment: ['ReplicaSet', 'Pod'],
  CronJob: ['Job', 'Pod'],
  Pod: [],
};

/**
 * The pods that run for a workload: they show what admission made of the template (a LimitRange's defaults, an injected
 * sidecar). None in a bundle of manifests, complete or open, where the template is all there is to judge.
 */
export function livePods(workload: Workload, graph: Graph): LivePods {
  for (const kind of CHAIN[workload.kind] ?? ['Pod' as const]) {
    const coverage = graph.coverage(kind);
    if (coverage.state === 'missing') return { known: false, gap: { kind, coverage } };
  }
  const pods = graph
    .podsOf(workload)
    .filter(({ metadata, status }) => !metadata.deletionTimestamp && status?.phase !== 'Failed');
  return { known: true, pods };
}

/** What became of a container of the template in each pod. */
export const instancesOf = (name: string, pods: readonly Pod[]): readonly Container[] =>
  pods.flatMap(({ spec }) =>
    [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].filter(
      container => container.name === name,
    ),
  );
