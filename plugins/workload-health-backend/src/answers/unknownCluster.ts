import type { ClusterHealth } from '@waymark/backstage-plugin-workload-health-common';
import { nextStepOf } from './nextStepOf';

/** A cluster that an entity names and nobody configured. */
export function unknownCluster(name: string, configured: readonly string[]): ClusterHealth {
  const cluster: ClusterHealth = { name, state: 'unknown', forbidden: [] };
  const known = configured.length ? `; there are ${configured.join(', ')}` : '';
  return {
    ...cluster,
    message: `no cluster '${name}' is configured${known}`,
    nextStep: nextStepOf(cluster, { abandoned: false, heard: false }),
  };
}
