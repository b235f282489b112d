import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterTarget } from './ClusterTarget';
import { readConfigCluster } from './readConfigCluster';

export interface ClusterTargets {
  readonly targets: readonly ClusterTarget[];
  /** One line each, for what is configured and cannot be collected, with what to do. */
  readonly warnings: readonly string[];
}

export interface ReadClusterTargetsOptions {
  /** The region of EKS clusters that name none and whose host does not tell. Default: AWS_REGION of the environment. */
  readonly awsRegion?: string;
}

/**
 * The clusters of `kubernetes.clusterLocatorMethods`, the key that `@backstage/plugin-kubernetes` reads too.
 * Throws with the name of the key when a cluster is configured wrongly.
 */
export function readClusterTargets(
  config: Config,
  { awsRegion = process.env.AWS_REGION }: ReadClusterTargetsOptions = {},
): ClusterTargets {
  const methods = config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  const targets = new Map<string, ClusterTarget>();
  const warnings: string[] = [];
  for (const found of methods.flatMap(method => readMethod(method, awsRegion))) {
    if (typeof found === 'string') {
      warnings.push(found);
      continue;
    }
    if (targets.has(found.name))
      throw new InputError(
        `Two clusters in kubernetes.clusterLocatorMethods are named '${found.name}': names must be unique`,
      );
    targets.set(found.name, found);
  }
  return { targets: [...targets.values()], warnings };
}

function readMethod(method: Config, awsRegion: string | undefined): (ClusterTarget | string)[] {
  const type = method.getString('type');
  switch (type) {
    case 'config':
      return method
        .getConfigArray('clusters')
        .map(cluster => readConfigCluster(cluster, awsRegion));
    case 'localKubectlProxy':
      return [
        {
          name: 'local',
          // `kubectl proxy` listens on IPv4 by default, and localhost may resolve to IPv6 first.
          url: 'http://127.0.0.1:8001',
          tls: { skipVerify: false },
          auth: { type: 'none' },
        },
      ];
    default:
      return [
        `kubernetes.clusterLocatorMethods: type '${type}' is not collected by Waymark; list its clusters under type 'config' to see their health`,
      ];
  }
}
