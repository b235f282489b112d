import type { KubernetesCluster } from './KubernetesCluster';

/** What a bearer token may do. Rules as in a ClusterRole; `'*'` stands for everything. */
export interface TokenGrant {
  readonly token: string;
  readonly user: string;
  readonly groups?: readonly string[];
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Only in these namespaces; without it everywhere. */
  readonly namespaces?: readonly string[];
}

export interface KubernetesApiOptions {
  cluster: KubernetesCluster;
  /** 0 takes a free one. */
  port: number;
  tokens: readonly TokenGrant[];
}

export interface RunningApi {
  readonly url: string;
  stop(): Promise<void>;
}
