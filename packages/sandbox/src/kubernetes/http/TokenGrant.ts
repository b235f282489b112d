/** What a bearer token may do. Rules as in a ClusterRole; `'*'` stands for everything. */
export interface TokenGrant {
  readonly token: string;
  readonly user: string;
  readonly groups?: readonly string[];
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  readonly apiGroups: readonly string[];
  /** Plurals; subresources as `pods/log`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Only in these namespaces; without it everywhere. */
  readonly namespaces?: readonly string[];
}

export const everything: readonly PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
];
