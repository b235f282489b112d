import { TOKEN_PREFIX } from '../cluster/CountingApi';
import type { Scenario } from '../scenarios';

export interface ConfigInput {
  readonly scenario: Scenario;
  readonly pluginId: string;
  readonly url: string;
  readonly clusterUrls: readonly string[];
}

/** The same for both plugins; only the token tells the clusters who asks. */
export const configOf = ({ scenario, pluginId, url, clusterUrls }: ConfigInput) => ({
  app: { baseUrl: url },
  backend: {
    baseUrl: url,
    listen: { host: '127.0.0.1', port: Number(new URL(url).port) },
    database: { client: 'better-sqlite3', connection: ':memory:' },
  },
  auth: { providers: { 'by-name': {} } },
  permission: { enabled: true },
  catalog: { processingInterval: { hours: 1 }, orphanProviderStrategy: 'keep' },
  kubernetes: {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: clusterUrls.map((clusterUrl, cluster) => ({
          name: `cluster-${cluster}`,
          url: clusterUrl,
          authProvider: 'serviceAccount',
          serviceAccountToken: `${TOKEN_PREFIX}${pluginId}`,
          skipMetricsLookup: !scenario.metrics,
        })),
      },
    ],
  },
});
