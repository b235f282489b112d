export interface Config {
  /** Clusters are read from `kubernetes.clusterLocatorMethods`, as `@backstage/plugin-kubernetes` reads them. */
  workloadHealth?: {
    /** For how many days changes of status are kept. Default 30. */
    historyDays?: number;
    readiness?: {
      /** Parameters of readiness rules by rule id, over the defaults on each rule's page. */
      params?: { [ruleId: string]: object };
    };
  };
}
