import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterTarget } from './ClusterTarget';
import { readClusterAuth } from './readClusterAuth';

/** One entry of `clusters`, or the reason why it cannot be collected. */
export function readConfigCluster(
  cluster: Config,
  awsRegion: string | undefined,
): ClusterTarget | string {
  const name = cluster.getString('name');
  const url = cluster.getString('url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new InputError(
      `The url of cluster '${name}' in kubernetes.clusterLocatorMethods is not an http or https URL`,
    );
  const auth = readClusterAuth(cluster, awsRegion);
  if (auth.type === 'unsupported')
    return `Cluster '${name}' is not collected: authProvider '${auth.provider}' needs a signed-in user or a cloud that Waymark does not know; give it serviceAccount, aws or a clientCertificate`;
  return {
    name,
    url,
    auth,
    tls: {
      ...optional('caData', cluster.getOptionalString('caData')),
      ...optional('caFile', cluster.getOptionalString('caFile')),
      skipVerify: cluster.getOptionalBoolean('skipTLSVerify') ?? false,
    },
    ...optional('title', cluster.getOptionalString('title')),
    ...optional('dashboardUrl', cluster.getOptionalString('dashboardUrl')),
  };
}

const optional = <K extends string>(key: K, value: string | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
