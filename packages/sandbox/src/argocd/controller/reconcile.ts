import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import { parseApiVersion } from '../../kubernetes/resources/Resource';
import {
  type Application,
  type ApplicationCondition,
  type ApplicationStatus,
  ARGOCD_NAMESPACE,
  type ResourceStatus,
  sourcesOf,
} from '../application/Application';
import { type ComparedResource, compareApplication } from '../compare/compareApplication';
import { waveOf } from '../compare/hooks';
import { targetObjects } from '../compare/targetObjects';
import type { TrackedObjects } from '../compare/TrackedObjects';
import type { HealthStatus } from '../health/Health';
import { applicationHealth } from '../health/resourceHealth';
import type { Manifests } from '../source/ManifestSource';
import { deployedImages } from './deployedImages';

/** What loading the wanted state gave. */
export type Loaded = { manifests: Manifests } | { error: string };

export interface Comparison {
  resources: ComparedResource[];
  health: HealthStatus;
  /** Without conditions: whether Argo CD syncs by itself is decided after this. */
  status: ApplicationStatus;
  conditions: ApplicationCondition[];
}

/** Compares an application with the cluster and puts the result as Argo CD's controller writes it. */
export function reconcile(
  cluster: KubernetesCluster,
  tracked: TrackedObjects,
  application: Application,
  loaded: Loaded,
): Comparison {
  const { metadata, spec } = application;
  const manifests = 'manifests' in loaded ? loaded.manifests : undefined;
  const targets = targetObjects(application, manifests?.objects ?? [], cluster.resources);
  const deployed = tracked.deployedBy(metadata.name);
  const resources = compareApplication(cluster, targets.resources, deployed);
  const health = applicationHealth(resources.map(asManaged));
  const multiple = Boolean(spec.sources?.length);
  const revisions =
    manifests?.revisions ?? sourcesOf(spec).map(({ targetRevision = 'HEAD' }) => targetRevision);
  const images = deployedImages(cluster, deployed);
  const status: ApplicationStatus = {
    controllerNamespace: ARGOCD_NAMESPACE,
    health: { status: health },
    resourceHealthSource: 'appTree',
    ...(resources.length > 0 && {
      resources: resources.map(resource => resourceStatus(resource, !manifests)),
    }),
    sourceHydrator: {},
    ...(manifests && !multiple && { sourceType: manifests.sourceTypes[0] }),
    ...(manifests && multiple && { sourceTypes: manifests.sourceTypes }),
    summary: images.length > 0 ? { images } : {},
    sync: {
      status: manifests ? syncStatus(resources) : 'Unknown',
      comparedTo: {
        destination: spec.destination,
        ...(multiple ? { sources: spec.sources } : { source: spec.source }),
      },
      ...(multiple ? { revisions: [...revisions] } : { revision: revisions[0] }),
    },
  };
  const conditions: ApplicationCondition[] =
    'error' in loaded
      ? [{ type: 'ComparisonError', message: `Failed to load target state: ${loaded.error}` }]
      : [];
  return { resources, health, status, conditions };
}

const syncStatus = (resources: readonly ComparedResource[]) =>
  resources.some(({ status }) => status === 'OutOfSync') ? 'OutOfSync' : 'Synced';

function asManaged({ target, live }: ComparedResource) {
  const { apiVersion = '', kind = '' } = live ?? target ?? {};
  return { apiVersion, kind, live };
}

function resourceStatus(resource: ComparedResource, unknown: boolean): ResourceStatus {
  const { target, live, status } = resource;
  const { apiVersion = '', kind = '', metadata = { name: '' } } = live ?? target ?? {};
  const { group, version } = parseApiVersion(apiVersion);
  const wave = target ? waveOf(target) : 0;
  return {
    ...(group && { group }),
    kind,
    name: metadata.name,
    ...(metadata.namespace && { namespace: metadata.namespace }),
    ...(!target && live && { requiresPruning: true }),
    status: unknown ? 'Unknown' : status,
    ...(wave !== 0 && { syncWave: wave }),
    version,
  };
}
