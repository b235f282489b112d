/** What one request to a cluster carries. Never logged, never serialised. */
export interface ClusterCredentials {
  readonly bearerToken?: string;
  readonly clientCertificate?: { readonly cert: string; readonly key: string };
  /** After this time new credentials must be asked for. */
  readonly expiresAt?: Date;
}

/** Gives credentials for one cluster, from its cache while they last. Concurrent callers share one request. */
export interface CredentialSource {
  get(): Promise<ClusterCredentials>;
  /** After a 401: the next `get` asks anew. */
  invalidate(): void;
}
