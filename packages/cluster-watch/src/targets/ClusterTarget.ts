/** One cluster to read, as `kubernetes.clusterLocatorMethods` names it. Holds no secret: credentials are asked for when needed. */
export interface ClusterTarget {
  readonly name: string;
  readonly title?: string;
  readonly url: string;
  readonly tls: {
    /** PEM in base64, as a kubeconfig has it. */
    readonly caData?: string;
    readonly caFile?: string;
    readonly skipVerify: boolean;
  };
  readonly auth: ClusterAuth;
  readonly dashboardUrl?: string;
}

/** The ways to prove who we are to a cluster that this version knows, with what each needs. Secrets are closures, never fields. */
export type ClusterAuth =
  /** Something in front of the API server authenticates: `kubectl proxy`. */
  | { readonly type: 'none' }
  | { readonly type: 'service-account'; readonly token: () => Promise<string> }
  | {
      readonly type: 'client-certificate';
      readonly certificate: () => Promise<{ cert: string; key: string }>;
    }
  | {
      readonly type: 'aws';
      /** The EKS cluster name that the token is signed for: `kubernetes.io/x-k8s-aws-id`, else the target's name. */
      readonly clusterId: string;
      readonly region: string;
      readonly assumeRole?: string;
      readonly externalId?: string;
    };
