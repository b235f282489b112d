/** What `go build` makes of one folder below `go/`. */
export interface Part {
  name: PartName;
  /** Binary name to the package it is built from. */
  binaries: Record<string, string>;
  cgo?: boolean;
  tags?: string;
  /** Values set by the linker, as each project's own release build does. */
  variables: Record<string, string>;
  /** Folders of a module that the program reads at run time: they are kept beside the binary. */
  data?: { module: string; folders: Record<string, string> };
  /** On two cores with an empty Go build cache; measured. */
  coldMinutes: number;
}

export type PartName = 'control-plane' | 'kubelet' | 'argocd' | 'gitea';

const kubernetesVersion = {
  'k8s.io/component-base/version.gitVersion': 'v1.36.3',
  'k8s.io/component-base/version.gitMajor': '1',
  'k8s.io/component-base/version.gitMinor': '36',
};

export const parts: Record<PartName, Part> = {
  'control-plane': {
    name: 'control-plane',
    binaries: { 'control-plane': '.' },
    variables: kubernetesVersion,
    data: { module: 'sigs.k8s.io/kwok', folders: { stages: 'kustomize/stage' } },
    coldMinutes: 5,
  },
  kubelet: {
    name: 'kubelet',
    binaries: { kubelet: '.', 'container-view': './container-view' },
    variables: kubernetesVersion,
    coldMinutes: 3,
  },
  argocd: {
    name: 'argocd',
    binaries: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
    variables: { 'github.com/argoproj/argo-cd/v3/common.version': '3.2.6' },
    data: { module: 'github.com/argoproj/argo-cd/v3', folders: { crds: 'manifests/crds' } },
    coldMinutes: 5,
  },
  gitea: {
    name: 'gitea',
    binaries: { gitea: 'code.gitea.io/gitea' },
    cgo: true,
    tags: 'sqlite sqlite_unlock_notify',
    variables: { 'main.Version': '1.26.0' },
    data: {
      module: 'code.gitea.io/gitea',
      folders: { templates: 'templates', options: 'options', public: 'public' },
    },
    coldMinutes: 4,
  },
};
