import { type Status, worstStatus } from '@waymark/health';
import type { EntityStatuses } from '@waymark/backstage-plugin-workload-health-common';
import type { EntitySelector } from '../entities/EntitySelector';
import type { ClusterStanding } from './clusterStanding';
import { presentStatus } from './presentStatus';
import type { DirectoryEntry } from './SubjectDirectory';

export type EntityStatus = Omit<EntityStatuses['items'][number], 'entityRef'>;

export interface EntityStatusInput {
  readonly selector: EntitySelector;
  readonly entries: readonly DirectoryEntry[];
  readonly standingOf: (cluster: string) => ClusterStanding | undefined;
  readonly now: Date;
}

/**
 * The worst of an entity's workloads, where those of a cluster that is not heard of count as unknown; a fault that is
 * known elsewhere stays worse than that. An entity that names a cluster of which nothing is known, or that nobody configured,
 * is unknown as well.
 * Undefined when it has no workload.
 */
export function entityStatusOf(input: EntityStatusInput): EntityStatus | undefined {
  const standings = input.entries.flatMap(entry => standingOfEntry(entry, input) ?? []);
  const all = [...standings, ...unseen(input)];
  const status = worstStatus(all.map(standing => standing.status));
  if (!status) return undefined;
  const worst = all.filter(standing => standing.status === status);
  const [first] = worst.sort((a, b) => a.since.localeCompare(b.since));
  const stale = all.map(({ staleSince }) => staleSince ?? '').filter(Boolean);
  return {
    status,
    since: first.since,
    ...(first.cause && { cause: first.cause }),
    ...(stale.length && { staleSince: stale.sort()[0] }),
  };
}

interface Standing extends EntityStatus {
  readonly status: Status;
}

function standingOfEntry(
  { owned, status, since, cause }: DirectoryEntry,
  { standingOf }: EntityStatusInput,
): Standing | undefined {
  if (!status) return undefined;
  const { lastKnown, ...present } = presentStatus({ status, since }, standingOf(owned.cluster));
  if (lastKnown) return { ...present, staleSince: present.since };
  return { ...present, ...(cause && { cause }) };
}

function unseen({ selector, entries, standingOf, now }: EntityStatusInput): Standing[] {
  return (selector.clusters ?? []).flatMap(name => {
    const cluster = standingOf(name);
    const seen = entries.some(({ owned }) => owned.cluster === name);
    if (cluster?.trusted || seen) return [];
    const since = cluster?.health.lastContact ?? now.toISOString();
    return [{ status: 'unknown' as const, since, staleSince: since }];
  });
}
