import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  createCredentialSource,
  HttpClusterApi,
  readClusterTargets,
  systemClock,
} from '@waymark/cluster-watch';
import type { SourceConfig } from '../config';
import { ApiSource } from './ApiSource';
import type { DeliverySource } from './DeliverySource';
import { KubernetesSource } from './KubernetesSource';

/** The source that a configuration entry names. */
export function createSource(
  source: SourceConfig,
  options: { config: Config; logger: LoggerService },
): DeliverySource {
  const shared = { clock: systemClock, random: Math.random, logger: options.logger };
  if (source.type === 'api') return new ApiSource({ config: source, fetch, ...shared });
  const { targets } = readClusterTargets(options.config);
  const target = targets.find(({ name }) => name === source.cluster);
  if (!target) {
    throw new InputError(
      `argocdDelivery.sources: cluster of ${source.name} is ${source.cluster}, which kubernetes.clusterLocatorMethods does not have; it has ${targets.map(({ name }) => name).join(', ') || 'none'}`,
    );
  }
  const api = new HttpClusterApi({ target, credentials: createCredentialSource(target) });
  return new KubernetesSource({ config: source, api, ...shared });
}
