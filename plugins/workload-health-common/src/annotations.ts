/** The standard annotations by which an entity names its workloads; `@backstage/plugin-kubernetes` reads the same. */
export const ANNOTATIONS = {
  id: 'backstage.io/kubernetes-id',
  namespace: 'backstage.io/kubernetes-namespace',
  labelSelector: 'backstage.io/kubernetes-label-selector',
  cluster: 'backstage.io/kubernetes-cluster',
  argocdApp: 'argocd/app-name',
} as const;
