import { STATUS_ORDER } from '@waymark/health';
import type {
  EntityHealth,
  WorkloadHealth,
} from '@waymark/backstage-plugin-workload-health-common';
import type { EntitySelector } from '../entities/EntitySelector';
import { changedBefore } from './changedBefore';
import type { ClusterStanding } from './clusterStanding';
import { entityStatusOf } from './entityStatusOf';
import { presentStatus } from './presentStatus';
import { readinessAnswer } from './readinessAnswer';
import type { SubjectDetails } from './SubjectDetails';
import type { DirectoryEntry } from './SubjectDirectory';
import { unknownCluster } from './unknownCluster';

export interface EntityHealthInput {
  readonly entityRef: string;
  /** Undefined for an entity that is not about workloads. */
  readonly selector?: EntitySelector;
  readonly subjects: readonly (readonly [DirectoryEntry, SubjectDetails])[];
  readonly clusters: ReadonlyMap<string, ClusterStanding>;
  readonly now: Date;
}

/** The page of one entity: its size grows with its workloads and never with their pods. */
export function entityHealthOf({
  entityRef,
  selector,
  subjects,
  clusters,
  now,
}: EntityHealthInput): EntityHealth {
  const entries = subjects.map(([entry]) => entry);
  const standingOf = (cluster: string) => clusters.get(cluster);
  const status = selector && entityStatusOf({ selector, entries, standingOf, now })?.status;
  return {
    entityRef,
    ...(status && { status }),
    mapping: {
      by: selector?.by ?? 'annotations',
      selectors: selector ? [describeSelector(selector)] : [],
    },
    workloads: subjects
      .flatMap(([entry, details]) =>
        workloadHealth(entry, details, standingOf(entry.owned.cluster)),
      )
      .sort(worstFirst),
    clusters: selector?.clusters
      ? selector.clusters.map(
          name => clusters.get(name)?.health ?? unknownCluster(name, [...clusters.keys()]),
        )
      : [...clusters.values()].map(({ health }) => health),
    readiness: readinessAnswer(
      subjects.map(([{ owned }, { readiness }]) => ({ cluster: owned.cluster, readiness })),
    ),
    at: now.toISOString(),
  };
}

function workloadHealth(
  entry: DirectoryEntry,
  details: SubjectDetails,
  cluster: ClusterStanding | undefined,
): WorkloadHealth[] {
  const { owned, status, since } = entry;
  const { verdict, facts, releaseChange } = details;
  if (!status || !verdict || !facts) return [];
  const changed = changedBefore(status, since, releaseChange);
  const { subject, cause, symptoms, gaps } = verdict;
  return [
    {
      cluster: owned.cluster,
      workload: subject,
      ...presentStatus({ status, since }, cluster),
      ...(cause && { cause: cause as WorkloadHealth['cause'] }),
      symptoms: symptoms as WorkloadHealth['symptoms'],
      gaps: [...gaps],
      ...(changed && { changedBefore: changed }),
      facts: facts as WorkloadHealth['facts'],
    },
  ];
}

const worstFirst = (a: WorkloadHealth, b: WorkloadHealth) =>
  STATUS_ORDER.indexOf(b.status) - STATUS_ORDER.indexOf(a.status) ||
  a.workload.name.localeCompare(b.workload.name) ||
  a.cluster.localeCompare(b.cluster);

/** As a person would type it after `kubectl get`. */
function describeSelector({ text, namespaces, clusters }: EntitySelector): string {
  return [
    text,
    ...(namespaces ? [`in namespace ${namespaces.join(', ')}`] : []),
    ...(clusters ? [`of cluster ${clusters.join(', ')}`] : []),
  ].join(' ');
}
