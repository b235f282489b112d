export interface Config {
  kubernetes?: {
    /**
     * The clusters that Waymark collects, in the key that `@backstage/plugin-kubernetes` reads too. Types `config` and
     * `localKubectlProxy` are collected; every other type is named in a warning at start.
     */
    clusterLocatorMethods?: Array<{
      clusters?: Array<{
        /**
         * A file that holds the bearer token, read anew for each request, for `authProvider: serviceAccount` without
         * `serviceAccountToken`. Default: the token of the pod that the backend runs in.
         */
        serviceAccountTokenFile?: string;
        /**
         * AWS region of an EKS cluster, for `authProvider: aws`. Default: `authMetadata.'kubernetes.io/aws-region'`, the
         * region in the endpoint's host, the environment's AWS_REGION.
         */
        region?: string;
        /** ARN of the IAM role to assume before signing the token of an EKS cluster. */
        assumeRole?: string;
        /**
         * External id that the trust policy of `assumeRole` asks for.
         * @visibility secret
         */
        externalId?: string;
        /**
         * A client certificate as in a kubeconfig. Where it is given, Waymark authenticates with it, whatever
         * `authProvider` says: the stock plugin knows no client certificates and refuses to start with an
         * `authProvider` that it does not know.
         */
        clientCertificate?: {
          /**
           * PEM in base64, `client-certificate-data` of a kubeconfig.
           * @visibility secret
           */
          certData?: string;
          /** PEM file, `client-certificate` of a kubeconfig. Read anew for each request. */
          certFile?: string;
          /**
           * PEM in base64, `client-key-data` of a kubeconfig.
           * @visibility secret
           */
          keyData?: string;
          /** PEM file, `client-key` of a kubeconfig. */
          keyFile?: string;
        };
      }>;
    }>;
  };
}
