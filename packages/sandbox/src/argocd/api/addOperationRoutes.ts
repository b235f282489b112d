import type { Request, Response, Router } from 'express';
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
  const at = '/applications/:name';
  router.post(`${at}/sync`, (request, response) => sync(argocd, request, response));
  router.post(`${at}/rollback`, (request, response) => rollback(argocd, request, response));
  router.delete(`${at}/operation`, (request, response) => terminate(argocd, request, response));
}

async function sync(argocd: ArgoCdContext, request: Request, response: Response) {
  const application = argocd.application(request);
  const { spec, metadata } = application;
  if (metadata.deletionTimestamp) {
    throw new ApiRefusal('FailedPrecondition', 'application is deleting');
  }
  const wanted = (request.body ?? {}) as SyncRequest;
  begin(argocd, request, response, {
    sync: {
      ...(await resolved(argocd, application, wanted.revision)),
      ...modeOf(wanted),
      ...(wanted.strategy && { syncStrategy: wanted.strategy }),
      ...(wanted.resources?.length && { resources: wanted.resources }),
      ...syncOptionsOf(wanted.syncOptions?.items ?? spec.syncPolicy?.syncOptions),
    },
    initiatedBy: { username: argocd.accountOf(request) },
    ...(wanted.infos?.length && { info: wanted.infos }),
    retry: wanted.retryStrategy ?? spec.syncPolicy?.retry ?? {},
  });
}

/** A rollback is a sync to what was deployed once. */
function rollback(argocd: ArgoCdContext, request: Request, response: Response) {
  const { spec, status, metadata } = argocd.application(request);
  if (isAutomated(spec)) {
    throw new ApiRefusal(
      'FailedPrecondition',
      'rollback cannot be initiated when auto-sync is enabled',
    );
  }
  const wanted = request.body as { id?: number } & SyncRequest;
  const id = Number(wanted.id ?? 0);
  const deployed = status?.history?.find(entry => entry.id === id);
  if (!deployed) {
    throw new ApiRefusal(
      'InvalidArgument',
      `application ${metadata.namespace}/${metadata.name} does not have deployment with id ${id}`,
    );
  }
  const { revision, revisions, source, sources } = deployed;
  begin(argocd, request, response, {
    sync: {
      ...(sources ? { revisions, sources } : { revision, source }),
      ...modeOf(wanted),
      syncStrategy: { apply: {} },
      ...syncOptionsOf(spec.syncPolicy?.syncOptions),
    },
    initiatedBy: { username: argocd.accountOf(request) },
    retry: {},
  });
}

function terminate(argocd: ArgoCdContext, request: Request, response: Response) {
  const application = argocd.application(request);
  if (!application.operation || !application.status?.operationState) {
    throw new ApiRefusal(
      'InvalidArgument',
      'Unable to terminate operation. No operation is in progress',
    );
  }
  argocd.cluster.modify(application, draft => {
    if (draft.status?.operationState) draft.status.operationState.phase = 'Terminating';
  });
  response.json({});
}

/** Hands the operation to the controller, unless the application has one by now. */
function begin(
  argocd: ArgoCdContext,
  request: Request,
  response: Response,
  operation: Operation,
): void {
  const application = argocd.application(request);
  if (application.operation) {
    throw new ApiRefusal('FailedPrecondition', 'another operation is already in progress');
  }
  const begun = argocd.cluster.modify(application, draft => {
    draft.operation = operation;
    delete draft.status?.operationState;
  });
  response.json(argocd.present(begun ?? application));
}

async function resolved({ source }: ArgoCdContext, { spec }: Application, revision?: string) {
  const commits = await Promise.all(
    sourcesOf(spec).map(({ repoURL, targetRevision }) =>
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

const modeOf = ({ prune, dryRun }: SyncRequest) => ({
  ...(prune && { prune: true }),
  ...(dryRun && { dryRun: true }),
});

const syncOptionsOf = (syncOptions: string[] | undefined) =>
  syncOptions?.length ? { syncOptions } : {};
