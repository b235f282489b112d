import { createHash } from 'node:crypto';
import type { EntitySelector } from '../entities/EntitySelector';
import type { ClusterStanding } from './clusterStanding';
import type { DirectoryEntry } from './SubjectDirectory';

/** Ages of clusters count in steps of this: what a poll in between is spared is no older than that. */
const AGE_STEP_MS = 10_000;

export interface VersionInput {
  readonly selector?: EntitySelector;
  readonly entries: readonly DirectoryEntry[];
  readonly clusters: ReadonlyMap<string, ClusterStanding>;
}

/** Equal for equal answers, told without making them. */
export function versionOf({ selector, entries, clusters }: VersionInput): string {
  const rows = entries.map(({ owned, subject, revision }) => [owned.cluster, subject, revision]);
  const standings = [...clusters.values()].map(({ trusted, health }) => {
    const { lastContact, ...rest } = health;
    const age = lastContact && Math.floor(Date.parse(lastContact) / AGE_STEP_MS);
    return [trusted, rest, age];
  });
  const content = JSON.stringify([selector, rows, standings]);
  return createHash('sha256').update(content).digest('base64url');
}
