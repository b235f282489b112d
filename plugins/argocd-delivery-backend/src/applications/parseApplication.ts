import { createHash } from 'node:crypto';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';
import type { Application } from './Application';
import { readApplicationObject, type ApplicationObject } from './ApplicationObject';

type Status = ApplicationObject['status'];
type Revisions = Pick<NonNullable<Status['sync']>, 'revision' | 'revisions'> &
  Pick<ApplicationObject['spec'], 'source' | 'sources'>;

/** A part of an application that cannot be read. */
export interface Unreadable {
  readonly application: string;
  readonly part: string;
  readonly reason: string;
}

/** Argo CD keeps ten by default; the page shows no more. */
const HISTORY = 10;

/** Under this name the portal records its user in the operation; Argo CD itself only sees the portal's account. */
export const USER_INFO = 'Backstage user';

/**
 * An Application object of either source in the index's form; undefined when it is none. What of it cannot be read is
 * unknown, and told.
 */
export function parseApplication(
  source: string,
  object: unknown,
  onUnreadable?: (unreadable: Unreadable) => void,
): Application | undefined {
  const unreadable: Omit<Unreadable, 'application'>[] = [];
  const read = readApplicationObject(object, (part, reason) => unreadable.push({ part, reason }));
  if (!read) return undefined;
  const { namespace, name } = read.metadata;
  for (const part of unreadable) onUnreadable?.({ application: `${namespace}/${name}`, ...part });
  return fromObject(source, read);
}

function fromObject(source: string, { metadata, spec, status }: ApplicationObject): Application {
  const { name, namespace } = metadata;
  const revisions = revisionsOf({ ...status.sync, source: spec.source, sources: spec.sources });
  return {
    id: createHash('sha256')
      .update(`${source}/${namespace}/${name}`)
      .digest('base64url')
      .slice(0, 16),
    source,
    name,
    namespace,
    project: spec.project,
    labels: metadata.labels ?? {},
    entityRef: entityRefOf(metadata.annotations?.['backstage.io/entity-ref']),
    repositories: revisions.map(({ repoUrl }) => repoUrl).filter(Boolean),
    sync: {
      status: oneOf(['Synced', 'OutOfSync'], status.sync?.status),
      conditions: (status.conditions ?? []).filter(({ type }) => /(Error|Warning)$/.test(type)),
    },
    health: {
      status: oneOf(
        ['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded'],
        status.health?.status,
      ),
      ...(status.health?.message && { message: status.health.message }),
      ...(status.health?.lastTransitionTime && { since: status.health.lastTransitionTime }),
    },
    revisions,
    images: status.summary?.images ?? [],
    destination: {
      ...(spec.destination.name && { cluster: spec.destination.name }),
      ...(spec.destination.server && { server: spec.destination.server }),
      ...(spec.destination.namespace && { namespace: spec.destination.namespace }),
    },
    autoSync: autoSyncOf(spec),
    operation: operationOf(status.operationState),
    history: historyOf(status.history, spec),
    ...(status.reconciledAt && { reconciledAt: status.reconciledAt }),
  };
}

/** In the catalog's own form, whichever of its short forms was written; undefined for what names no entity. */
function entityRefOf(text: string | undefined): string | undefined {
  if (!text) return undefined;
  try {
    const defaults = { defaultKind: 'component', defaultNamespace: 'default' };
    return stringifyEntityRef(parseEntityRef(text.trim(), defaults));
  } catch {
    return undefined;
  }
}

function revisionsOf({ revision, revisions, source, sources }: Revisions) {
  const all = sources?.length ? sources : [source ?? { repoURL: '' }];
  return all.map(({ repoURL, path, chart, targetRevision }, index) => {
    const deployed = revisions?.[index] ?? (index === 0 ? revision : undefined);
    return {
      repoUrl: repoURL,
      ...(path && { path }),
      ...(chart && { chart }),
      ...(targetRevision && { targetRevision }),
      ...(deployed && { revision: deployed }),
    };
  });
}

function autoSyncOf({ syncPolicy }: ApplicationObject['spec']): DeliveryApplication['autoSync'] {
  const automated = syncPolicy?.automated;
  const enabled = Boolean(automated) && automated?.enabled !== false;
  return {
    enabled,
    prune: enabled && Boolean(automated?.prune),
    selfHeal: enabled && Boolean(automated?.selfHeal),
  };
}

function operationOf(state: Status['operationState']): DeliveryApplication['operation'] {
  if (!state) return undefined;
  const { phase, message, startedAt, finishedAt, operation } = state;
  const user = operation?.info?.find(({ name }) => name === USER_INFO)?.value;
  return {
    phase:
      (['Running', 'Terminating', 'Succeeded', 'Failed'] as const).find(known => known === phase) ??
      'Error',
    ...(message && { message }),
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    ...byWhom(user, operation?.initiatedBy),
  };
}

function historyOf(
  history: Status['history'],
  spec: ApplicationObject['spec'],
): DeliveryApplication['history'] {
  return (history ?? [])
    .flatMap(({ id, deployedAt, initiatedBy, ...revisions }) => {
      // One that has no time has not been deployed.
      if (!deployedAt) return [];
      const sources = {
        source: revisions.source ?? spec.source,
        sources: revisions.sources ?? spec.sources,
      };
      return [
        {
          id,
          deployedAt,
          revisions: revisionsOf({ ...revisions, ...sources }),
          ...byWhom(undefined, initiatedBy),
        },
      ];
    })
    .sort((a, b) => b.id - a.id)
    .slice(0, HISTORY);
}

function byWhom(user: string | undefined, initiated?: { username?: string; automated?: boolean }) {
  const by = user ?? (initiated?.automated ? 'automated' : initiated?.username);
  return by ? { by } : {};
}

/** Anything that a newer Argo CD may say and we do not know is Unknown, never good. */
function oneOf<T extends string>(known: readonly T[], value: string | undefined): T | 'Unknown' {
  return known.find(candidate => candidate === value) ?? 'Unknown';
}
