import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { graphReads, mergeReads, type Reads } from '@waymark/kube-graph';
import {
  ApiClusterWatch,
  AwsIdentities,
  type Clock,
  type ClusterState,
  type ClusterTarget,
  createCredentialSource,
  HttpClusterApi,
  type RequestRecorder,
} from '@waymark/cluster-watch';
import { healthReads } from '@waymark/health';
import { readinessReads } from '@waymark/readiness';
import type { Owned } from '../entities/EntitySelector';
import { ownerReads } from '../entities/ownedAs';
import { ClusterOwnership } from '../leases/ClusterOwnership';
import type { LeaseStore } from '../leases/LeaseStore';
import { createCollectorMetrics, createRequestMetrics, observeClusters } from '../metrics';
import { Collector } from './Collector';
import { configurationReads } from './configurationOf';
import { judgeSubject } from './judgeSubject';
import type { VerdictStore } from './VerdictStore';

/** Everything that is kept of a cluster's objects: what relates them, judges them and tells whose they are. */
export const liveReads: Reads = mergeReads(
  graphReads,
  healthReads,
  readinessReads,
  ownerReads,
  configurationReads,
);

export interface CreateOwnershipOptions {
  readonly targets: readonly ClusterTarget[];
  readonly leases: LeaseStore;
  readonly store: VerdictStore;
  readonly publish: (changed: readonly Owned[]) => void;
  readonly ruleParams: Readonly<Record<string, object>>;
  readonly metrics: MetricsService;
  readonly clock: Clock;
  readonly logger: LoggerService;
}

/** A collector for each configured cluster, run by whichever replica holds the cluster's lease. */
export function createOwnership(options: CreateOwnershipOptions): ClusterOwnership<Collector> {
  const { targets, leases, clock, logger, metrics } = options;
  const collectorMetrics = createCollectorMetrics(metrics);
  const requestMetrics = createRequestMetrics(metrics);
  const awsIdentities = new AwsIdentities({ clock });
  const ownership = new ClusterOwnership<Collector>({
    clusters: targets.map(({ name }) => name),
    leases,
    clock,
    onError: error => logger.error('cannot renew the lease of a cluster', error),
    create: cluster => {
      const target = targets.find(({ name }) => name === cluster)!;
      const observer = collectorMetrics(cluster);
      const watch = watchOf(target, { clock, awsIdentities, record: requestMetrics(cluster) });
      watch.on('state', logStates(logger));
      return new Collector({
        ...options,
        watch,
        judge: (graph, subject, context) =>
          judgeSubject(graph, subject, { ...context, ruleParams: options.ruleParams }),
        observer: {
          ...observer,
          failed: (what, error) => {
            observer.failed?.(what, error);
            logger.error(`cannot ${what} what cluster '${cluster}' shows`, error);
          },
        },
      });
    },
  });
  observeClusters(metrics, () => ownership.running, clock);
  return ownership;
}

/** One line for each change of a cluster's state: whoever only has the log must see it, too. */
function logStates(logger: LoggerService) {
  let told: ClusterState['state'] = 'listing';
  return ({ cluster, state, message }: ClusterState) => {
    if (state === told) return;
    told = state;
    const line = `cluster '${cluster}' is ${state}${message ? `: ${message}` : ''}`;
    if (state === 'live' || state === 'listing') logger.info(line);
    else logger.warn(line);
  };
}

interface WatchOptions {
  readonly clock: Clock;
  readonly awsIdentities: AwsIdentities;
  readonly record: RequestRecorder;
}

function watchOf(target: ClusterTarget, { clock, awsIdentities, record }: WatchOptions) {
  const credentials = createCredentialSource(target, { clock, awsIdentities });
  const api = new HttpClusterApi({ target, credentials, clock, record });
  return new ApiClusterWatch({ cluster: target.name, api, reads: liveReads, clock });
}
