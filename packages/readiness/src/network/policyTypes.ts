import type { NetworkPolicy } from '@waymark/kube-graph';

export type PolicyType = 'Ingress' | 'Egress';

/**
 * The directions that a policy closes. Without `policyTypes` that is ingress always, and egress only if it has egress rules.
 * Source: k8s.io/kubernetes pkg/apis/networking/v1/defaults.go SetDefaults_NetworkPolicy
 */
export function policyTypes({ spec }: NetworkPolicy): readonly PolicyType[] {
  if (spec?.policyTypes?.length) return spec.policyTypes;
  return spec?.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
}
