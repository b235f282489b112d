import { GiteaAccount } from './gitea';
import { KubeObject } from './kubeApi';

export const argocdNamespace = 'argocd';

/** What the portal's account may do: read and sync, and create applications from templates. */
const policy = `
p, role:waymark, applications, get, */*, allow
p, role:waymark, applications, create, */*, allow
p, role:waymark, applications, update, */*, allow
p, role:waymark, applications, sync, */*, allow
p, role:waymark, projects, get, *, allow
p, role:waymark, clusters, get, *, allow
p, role:waymark, repositories, get, *, allow
g, waymark, role:waymark
`;

/** Namespace, settings and project: what Argo CD's own manifests bring besides its programs. */
export function argocdObjects(url: string): KubeObject[] {
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: argocdNamespace } },
    {
      ...part('ConfigMap', 'argocd-cm'),
      data: {
        url,
        'accounts.waymark': 'apiKey',
        // What Argo CD 3 does by default, said aloud: the portal looks for this annotation.
        'application.resourceTrackingMethod': 'annotation',
      },
    },
    { ...part('ConfigMap', 'argocd-rbac-cm'), data: { 'policy.csv': policy.trim() } },
    part('Secret', 'argocd-secret'),
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'default', namespace: argocdNamespace },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ namespace: '*', server: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    },
  ];
}

/** Lets Argo CD read every repository of the Git host, private ones too. */
export function repositoryCredentials(url: string, account: GiteaAccount): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'gitea',
      namespace: argocdNamespace,
      labels: { 'argocd.argoproj.io/secret-type': 'repo-creds' },
    },
    stringData: { type: 'git', url, username: account.user, password: account.password },
  };
}

function part(kind: string, name: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      namespace: argocdNamespace,
      labels: { 'app.kubernetes.io/part-of': 'argocd' },
    },
  };
}
