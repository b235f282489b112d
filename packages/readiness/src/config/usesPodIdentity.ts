import { podTemplateOf, type Graph, type KubeObject, type Workload } from '@waymark/kube-graph';

const AUDIENCE = 'pods.eks.amazonaws.com';

interface Association extends KubeObject {
  readonly spec?: AssociationTarget & { readonly forProvider?: AssociationTarget };
}

interface AssociationTarget {
  readonly namespace?: string;
  readonly serviceAccount?: string;
}

/**
 * Whether the objects show that a workload gets its AWS role through EKS Pod Identity: it projects the agent's token itself,
 * or an association (ACK's or Crossplane's) names its ServiceAccount.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 */
export function usesPodIdentity(workload: Workload, graph: Graph): boolean {
  const { volumes = [], serviceAccountName = 'default' } = podTemplateOf(workload).spec;
  const tokens = volumes.flatMap(({ projected }) => projected?.sources ?? []);
  if (tokens.some(({ serviceAccountToken }) => serviceAccountToken?.audience === AUDIENCE))
    return true;
  const { namespace = '' } = workload.metadata;
  return graph.untyped().some(({ kind, ...object }) => {
    const { spec } = object as Association;
    const { namespace: in_, serviceAccount } = spec?.forProvider ?? spec ?? {};
    return (
      kind === 'PodIdentityAssociation' &&
      in_ === namespace &&
      serviceAccount === serviceAccountName
    );
  });
}
