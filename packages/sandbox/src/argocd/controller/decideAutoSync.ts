import equal from 'fast-deep-equal';
import { parseApiVersion } from '../../kubernetes/resources/Resource';
import {
  type Application,
  isAutomated,
  type Operation,
  sourcesOf,
  type SyncOperation,
} from '../application/Application';
import type { ComparedResource } from '../compare/compareApplication';

export type AutoSyncDecision =
  | { kind: 'nothing' }
  | { kind: 'sync'; operation: Operation }
  /** Not yet: the last attempt to heal was a moment ago. */
  | { kind: 'later'; milliseconds: number }
  | { kind: 'refuse'; message: string };

export interface AutoSyncInput {
  application: Application;
  resources: readonly ComparedResource[];
  revisions: readonly string[];
  now: Date;
}

const nothing: AutoSyncDecision = { kind: 'nothing' };

// Argo CD's defaults of --self-heal-backoff-{timeout,factor,cap}-seconds and --self-heal-backoff-cooldown-seconds.
const HEAL_BACKOFF = { first: 2000, factor: 3, cap: 300_000, cooldown: 330_000 };

/** Whether Argo CD syncs by itself now. Rules of autoSync() in controller/appcontroller.go. */
export function decideAutoSync(input: AutoSyncInput): AutoSyncDecision {
  const { application, resources, revisions, now } = input;
  const { spec, operation, metadata } = application;
  if (!isAutomated(spec) || operation || metadata.deletionTimestamp) return nothing;
  const { prune = false, selfHeal = false, allowEmpty = false } = spec.syncPolicy?.automated ?? {};
  const different = resources.filter(({ status }) => status === 'OutOfSync');
  if (different.length === 0) return nothing;
  const extra = different.filter(({ target }) => !target);
  if (!prune && extra.length === different.length) return nothing;

  const last = lastAttempt(application, revisions);
  const healing = last?.phase === 'Succeeded';
  if (last && !healing) {
    const shown = `[${revisions.join(' ')}]`;
    return { kind: 'refuse', message: `Failed last sync attempt to ${shown}: ${last.message}` };
  }
  if (healing && !selfHeal) return nothing;
  if (prune && !allowEmpty && extra.length === resources.length) {
    const message = `Skipping sync attempt to [${revisions.join(' ')}]: auto-sync will wipe out all resources`;
    return { kind: 'refuse', message };
  }
  if (!healing) return { kind: 'sync', operation: automatedOperation(application, revisions) };
  return heal({ ...input, different, now });
}

/** How the last operation ended, if it was for the same commits of the same sources. */
function lastAttempt({ spec, status }: Application, revisions: readonly string[]) {
  const state = status?.operationState;
  if (!state) return undefined;
  const { syncResult } = state;
  if (!syncResult) return state;
  const same =
    equal(syncResult.revisions ?? [syncResult.revision], revisions) &&
    equal(sourcesOf(syncResult), sourcesOf(spec));
  return same ? state : undefined;
}

function heal(input: AutoSyncInput & { different: readonly ComparedResource[] }): AutoSyncDecision {
  const { application, revisions, different, now } = input;
  const state = application.status?.operationState;
  const since = now.getTime() - Date.parse(state?.finishedAt ?? '') || 0;
  const attempts =
    since > HEAL_BACKOFF.cooldown ? 0 : (state?.operation.sync?.autoHealAttemptsCount ?? 0);
  const { first, factor, cap } = HEAL_BACKOFF;
  const delay = attempts === 0 ? 0 : Math.min(first * factor ** (attempts - 1), cap);
  if (delay > since) return { kind: 'later', milliseconds: delay - since };
  const operation = automatedOperation(application, revisions, {
    autoHealAttemptsCount: attempts + 1,
    resources: different.flatMap(({ target, live }) => {
      const object = target ?? live;
      if (!object) return [];
      const { group } = parseApiVersion(object.apiVersion);
      return { ...(group && { group }), kind: object.kind, name: object.metadata.name };
    }),
  });
  return { kind: 'sync', operation };
}

function automatedOperation(
  { spec }: Application,
  revisions: readonly string[],
  extra: Partial<SyncOperation> = {},
): Operation {
  const { automated, syncOptions, retry } = spec.syncPolicy ?? {};
  const multiple = Boolean(spec.sources?.length);
  return {
    initiatedBy: { automated: true },
    retry: retry ?? { limit: 5 },
    sync: {
      ...(automated?.prune && { prune: true }),
      ...(multiple
        ? { revisions: [...revisions], sources: spec.sources }
        : { revision: revisions[0], source: spec.source }),
      ...(syncOptions && { syncOptions }),
      ...extra,
    },
  };
}
