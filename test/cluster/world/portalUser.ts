import { KubeApi } from './kubeApi';
import { newUser, User } from './credentials';

/** One rule of a ClusterRole. */
export interface PolicyRule {
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
  verbs: string[];
}

export const portalUser = (): User => newUser('portal');

/** Lets the portal's user do exactly this, and takes away what it could do before. */
export async function grantPortal(api: KubeApi, rules: PolicyRule[]): Promise<void> {
  const metadata = { name: 'waymark-portal' };
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  await api.apply({ apiVersion, kind: 'ClusterRole', metadata, rules });
  await api.apply({
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'portal' }],
  });
}
