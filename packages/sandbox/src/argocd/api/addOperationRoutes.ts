import type { Router } from 'express';
import {
  type Application,
  isAutomated,
  type Operation,
  sourcesOf,
  type SyncOperation,
} from '../application/Application';
import { SourceError } from '../source/SourceError';
import { ApiRefusal } from './ApiRefusal';
import type { ArgoCdContext } from './ArgoCdContext';

interface SyncRequest {
  revision?: string;
  dryRun?: boolean;
  prune?: boolean;
  infos?: { name: string; value: string }[];
  resources?: SyncOperation['resources'];
  syncOptions?: { items?: string[] };
  strategy?: Record<string, unknown>;
  retryStrategy?: Operation['retry'];
}

/** Sync, rollback and terminate. */
export function addOperationRoutes(router: Router, argocd: ArgoCdContext): void {
  const { cluster, source } = argocd;

  router.post('/applications/:name/sync', async (request, response) => {
    const application = argocd.application(request);
    const { spec, metadata } = application;
    if (metadata.deletionTimestamp) {
      throw new ApiRefusal('FailedPrecondition', 'application is deleting');
    }
    const wanted = (request.body ?? {}) as SyncRequest;
    const operation: Operation = {
      sync: {
        ...(await resolveRevisions(application, wanted.revision)),
        ...(wanted.prune && { prune: true }),
        ...(wanted.dryRun && { dryRun: true }),
        ...(wanted.strategy && { syncStrategy: wanted.strategy }),
        ...(wanted.resources?.length && { resources: wanted.resources }),
        ...syncOptionsOf(wanted.syncOptions?.items ?? spec.syncPolicy?.syncOptions),
      },
      initiatedBy: { username: argocd.accountOf(request) },
      ...(wanted.infos?.length && { info: wanted.infos }),
      retry: wanted.retryStrategy ?? spec.syncPolicy?.retry ?? {},
    };
    response.json(argocd.present(begin(application, operation)));
  });

  router.post('/applications/:name/rollback', (request, response) => {
    const application = argocd.application(request);
    const { spec, status, metadata } = application;
    if (isAutomated(spec)) {
      throw new ApiRefusal(
        'FailedPrecondition',
        'rollback cannot be initiated when auto-sync is enabled',
      );
    }
    const { id = 0, prune, dryRun } = request.body as { id?: number } & SyncRequest;
    const deployed = status?.history?.find(entry => entry.id === Number(id));
    if (!deployed) {
      throw new ApiRefusal(
        'InvalidArgument',
        `application ${metadata.namespace}/${metadata.name} does not have deployment with id ${id}`,
      );
    }
    const { revision, revisions, source: from, sources } = deployed;
    const operation: Operation = {
      sync: {
        ...(sources ? { revisions, sources } : { revision, source: from }),
        ...(prune && { prune: true }),
        ...(dryRun && { dryRun: true }),
        syncStrategy: { apply: {} },
        ...syncOptionsOf(spec.syncPolicy?.syncOptions),
      },
      initiatedBy: { username: argocd.accountOf(request) },
      retry: {},
    };
    response.json(argocd.present(begin(application, operation)));
  });

  router.delete('/applications/:name/operation', (request, response) => {
    const application = argocd.application(request);
    if (!application.operation || !application.status?.operationState) {
      throw new ApiRefusal(
        'InvalidArgument',
        'Unable to terminate operation. No operation is in progress',
      );
    }
    cluster.modify(application, draft => {
      if (draft.status?.operationState) draft.status.operationState.phase = 'Terminating';
    });
    response.json({});
  });

  async function resolveRevisions({ spec }: Application, revision?: string) {
    const sources = sourcesOf(spec);
    const commits = await Promise.all(
      sources.map(({ repoURL, targetRevision }) =>
        source.repositories.resolve(repoURL, revision || targetRevision),
      ),
    ).catch(error => {
      if (!(error instanceof SourceError)) throw error;
      throw new ApiRefusal('FailedPrecondition', error.message);
    });
    return spec.sources?.length
      ? { revisions: commits, sources: spec.sources }
      : { revision: commits[0], source: spec.source };
  }

  function begin(application: Application, operation: Operation): Application {
    if (application.operation) {
      throw new ApiRefusal('FailedPrecondition', 'another operation is already in progress');
    }
    const begun = cluster.modify(application, draft => {
      draft.operation = operation;
      delete draft.status?.operationState;
    });
    return begun ?? application;
  }
}

const syncOptionsOf = (syncOptions: string[] | undefined) =>
  syncOptions?.length ? { syncOptions } : {};
