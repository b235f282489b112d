export interface Config {
  argocdDelivery?: {
    /**
     * Where Argo CD applications are read from. Default: none, the card then says how to add one.
     */
    sources?: Array<
      | {
          /** Name of the source, as the catalog page shows it. */
          name: string;
          /** Watch Application objects with the credentials of a cluster: no Argo CD token at all, and no writes. */
          type: 'kubernetes';
          /** Name of a cluster in `kubernetes.clusterLocatorMethods`. */
          cluster: string;
          /** Namespace of the applications; default: all of them. */
          namespace?: string;
          /** Where people open this Argo CD, for links. */
          externalUrl?: string;
        }
      | {
          /** Name of the source, as the catalog page shows it. */
          name: string;
          /** One thin list and one stream of the Argo CD API; the only way to sync. */
          type: 'api';
          /** Base URL of the Argo CD server. */
          url: string;
          /** Where people open it, if that differs. */
          externalUrl?: string;
          /**
           * Token of an account with `applications, get`, and `applications, sync` for the sync button.
           * @visibility secret
           */
          token: string;
        }
    >;
  };
}
