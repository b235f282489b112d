import type { Endpoint, EndpointSlice } from '@waymark/kube-graph';

/** Selector and pods are created one after the other. Source: consolidated rules, row "late crash", "> 60 s". */
export const SETTLE_SECONDS = 60;

export interface EndpointCount {
  /** Endpoints that answer: `serving`, for `ready` is true of every address that publishNotReadyAddresses publishes. */
  readonly serving: number;
  readonly total: number;
}

/** Counts targets, not addresses: a dual-stack Service has a slice for each family. */
export function countEndpoints(slices: readonly EndpointSlice[]): EndpointCount {
  const targets = new Map<string, boolean>();
  for (const endpoint of slices.flatMap(({ endpoints }) => endpoints ?? [])) {
    if (endpoint.conditions?.terminating) continue;
    const name = endpoint.targetRef?.name ?? endpoint.addresses?.[0] ?? '';
    targets.set(name, targets.get(name) || isServing(endpoint));
  }
  const answers = [...targets.values()];
  return { serving: answers.filter(Boolean).length, total: answers.length };
}

/** Absent conditions mean true. Source: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions */
const isServing = ({ conditions = {} }: Endpoint) => conditions.serving ?? conditions.ready ?? true;
