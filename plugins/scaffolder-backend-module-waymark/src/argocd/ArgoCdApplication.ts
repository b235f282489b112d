/** The part of `argoproj.io/v1alpha1` Application that we write. */
export interface ArgoCdApplication {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec: {
    readonly project: string;
    /** Left out by applications of others that have several. */
    readonly source?: {
      readonly repoURL: string;
      readonly path: string;
      readonly targetRevision: string;
      readonly helm?: { readonly releaseName?: string; readonly valueFiles?: readonly string[] };
    };
    readonly destination: {
      readonly server?: string;
      readonly name?: string;
      readonly namespace: string;
    };
    readonly syncPolicy: {
      readonly automated?: { readonly prune: boolean; readonly selfHeal: boolean };
      readonly syncOptions?: readonly string[];
      readonly retry?: unknown;
    };
  };
}
