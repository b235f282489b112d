import type { Request, Response, Router } from 'express';
import equal from 'fast-deep-equal';
import { ApiError } from '../../kubernetes/status/ApiError';
import {
  type Application,
  APPLICATION_API,
  type ApplicationSpec,
  ARGOCD_NAMESPACE,
  CASCADE_FINALIZER,
  sourcesOf,
} from '../application/Application';
import { refOf } from '../compare/targetObjects';
import { destinationProblem, projectProblem } from '../controller/specProblem';
import { SourceError } from '../source/SourceError';
import { text } from './ApplicationQuery';
import { ApiRefusal } from './ApiRefusal';
import type { ArgoCdContext } from './ArgoCdContext';

/** Creating and deleting applications. */
export function addWriteRoutes(router: Router, argocd: ArgoCdContext): void {
  router.post('/applications', (request, response) => create(argocd, request, response));
  router.delete('/applications/:name', (request, response) => remove(argocd, request, response));
}

async function create(argocd: ArgoCdContext, request: Request, response: Response) {
  const { cluster, controller } = argocd;
  const wanted = applicationIn(request.body);
  await validate(argocd, wanted, request);
  const existing = controller.get(wanted.metadata.name);
  if (!existing) {
    response.json(argocd.present(write(() => cluster.create(wanted))));
    return;
  }
  if (!sameIntent(existing, wanted) && request.query.upsert !== 'true') {
    throw new ApiRefusal(
      'InvalidArgument',
      'existing application spec is different, use upsert flag to force update',
    );
  }
  response.json(argocd.present(overwrite(argocd, existing, wanted)));
}

/** Status and operation stay as they are. */
function overwrite(
  { cluster }: ArgoCdContext,
  existing: Application,
  { metadata, spec }: Application,
): Application {
  const { labels, annotations, finalizers } = metadata;
  const next = { ...existing.metadata, labels, annotations, finalizers };
  return write(() => cluster.update({ ...existing, metadata: next, spec }));
}

function remove(argocd: ArgoCdContext, request: Request, response: Response) {
  const { cluster } = argocd;
  const existing = argocd.application(request);
  const cascade = request.query.cascade !== 'false';
  const marked = cluster.modify(existing, draft => {
    const others = draft.metadata.finalizers?.filter(name => !name.startsWith(CASCADE_FINALIZER));
    draft.metadata.finalizers = [...(others ?? []), ...(cascade ? [CASCADE_FINALIZER] : [])];
  });
  if (marked) cluster.remove(refOf(existing));
  response.json({});
}

/** An operation in the request is dropped: operations go through their own routes. */
function applicationIn(body: unknown): Application {
  const { metadata, spec } = (body ?? {}) as Partial<Application>;
  if (!metadata?.name) {
    throw new ApiRefusal('Unknown', 'error creating application: application is nil in request');
  }
  const { name, labels, annotations, finalizers } = metadata;
  return {
    apiVersion: APPLICATION_API,
    kind: 'Application',
    metadata: {
      name,
      namespace: metadata.namespace ?? ARGOCD_NAMESPACE,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
    },
    spec: { ...spec, project: spec?.project || 'default' } as ApplicationSpec,
  };
}

async function validate(
  { cluster, source }: ArgoCdContext,
  application: Application,
  request: Request,
): Promise<void> {
  const { metadata, spec } = application;
  const problem = projectProblem(cluster, spec) ?? destinationProblem(metadata.name, spec);
  if (problem) throw new ApiRefusal('InvalidArgument', problem);
  if (text(request.query.validate) === 'false') return;
  await source.load(application).catch(error => {
    if (!(error instanceof SourceError)) throw error;
    // Argo CD names the folder instead of the source here.
    const cause = error.message.replace(/^failed to generate manifest for source \d+ of \d+: /, '');
    const { path } = sourcesOf(spec)[0] ?? {};
    throw new ApiRefusal(
      'InvalidArgument',
      `application spec for ${metadata.name} is invalid: InvalidSpecError: Unable to generate manifests in ${path}: ${cause}`,
    );
  });
}

function sameIntent(a: Application, b: Application): boolean {
  const intent = ({ spec, metadata: { labels, annotations, finalizers } }: Application) => ({
    spec,
    labels: labels ?? {},
    annotations: annotations ?? {},
    finalizers: finalizers ?? [],
  });
  return equal(intent(a), intent(b));
}

function write(action: () => unknown): Application {
  try {
    return action() as Application;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiRefusal('InvalidArgument', `error creating application: ${error.message}`);
  }
}
