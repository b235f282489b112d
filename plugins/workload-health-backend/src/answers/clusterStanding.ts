import type { ClusterHealth } from '@waymark/backstage-plugin-workload-health-common';
import { STALE_AFTER_MS } from '@waymark/cluster-watch';
import type { ClusterStateRow } from '../database/rows';
import { nextStepOf } from './nextStepOf';

export interface ClusterStanding {
  readonly health: ClusterHealth;
  /** Whether the verdicts of this cluster still say how it is, and not only how it was. */
  readonly trusted: boolean;
}

export interface ConfiguredCluster {
  readonly name: string;
  readonly title?: string;
}

/**
 * What a reader may conclude of a cluster. After 30 s (`STALE_AFTER_MS`) without a sign of the API server, or of the
 * replica that collects it, or without a picture that is judged to its end, its verdicts are history: those of last night
 * do not become today's because the API server answers.
 */
export function clusterStanding(
  { name, title }: ConfiguredCluster,
  row: ClusterStateRow | undefined,
  now: Date,
): ClusterStanding {
  const named = { name, ...(title && { title }) };
  if (!row) return { health: { ...named, state: 'listing', forbidden: [] }, trusted: false };
  const abandoned = isOld(row.written_at, now);
  const heard = row.last_contact !== null && !isOld(row.last_contact, now) && !abandoned;
  const fit = row.fit_at !== null && !isOld(row.fit_at, now);
  const trusted = heard && fit && row.state !== 'unreachable' && row.state !== 'unauthorised';
  const message = abandoned ? 'no replica of the portal watches this cluster' : row.message;
  const standing = {
    ...named,
    state: heard || row.state !== 'live' ? row.state : ('stale' as const),
    forbidden: JSON.parse(row.forbidden) as ClusterHealth['forbidden'],
  };
  const nextStep = nextStepOf(standing, { abandoned, heard });
  return {
    trusted,
    health: {
      ...standing,
      ...(row.last_contact && { lastContact: row.last_contact }),
      ...(message && { message }),
      ...(nextStep && { nextStep }),
    },
  };
}

const isOld = (time: string, now: Date) => now.getTime() - Date.parse(time) >= STALE_AFTER_MS;
