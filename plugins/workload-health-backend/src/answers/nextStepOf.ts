import type { ClusterHealth } from '@waymark/backstage-plugin-workload-health-common';

type Standing = Pick<ClusterHealth, 'name' | 'state' | 'forbidden'>;

const CONFIG = 'kubernetes.clusterLocatorMethods';

/** What brings a cluster back into view; undefined where nothing has to be done. */
export function nextStepOf(
  { name, state, forbidden }: Standing,
  { abandoned, heard }: { readonly abandoned: boolean; readonly heard: boolean },
): string | undefined {
  if (abandoned)
    return "Read the log of the portal's backend: the replica that watched the cluster is gone, or its database is.";
  if (forbidden.length && (state === 'live' || state === 'unauthorised'))
    return `Bind the ClusterRole of docs/cluster-role.yaml to the portal's user in ${name}.`;
  switch (state) {
    case 'unauthorised':
      return `Renew the credentials that ${CONFIG} has for ${name}; on EKS, look at the access entry of the portal's role.`;
    case 'unreachable':
    case 'stale':
      return heard
        ? `Ask the API server of ${name} how it is: kubectl get --raw '/readyz?verbose'`
        : `See that the API server of ${name} runs, and that the portal reaches the url that ${CONFIG} has for it.`;
    case 'unknown':
      return `Correct backstage.io/kubernetes-cluster in the entity's catalog-info.yaml, or add ${name} to ${CONFIG}.`;
    case 'listing':
    case 'live':
      return undefined;
    default:
      return state satisfies never;
  }
}
