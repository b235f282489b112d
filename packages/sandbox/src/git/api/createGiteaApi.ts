import express, { type ErrorRequestHandler, type Router } from 'express';
import createRouter from 'express-promise-router';
import { addCommitRoutes } from './addCommitRoutes';
import { addContentsRoutes } from './addContentsRoutes';
import { addOrganisationRoutes } from './addOrganisationRoutes';
import { addRepositoryRoutes } from './addRepositoryRoutes';
import type { GiteaContext } from './GiteaContext';
import { GiteaError, invalid } from './GiteaError';

/** The version whose answers were recorded. */
const VERSION = '1.26.0';

/** The part of Gitea's API v1 that Backstage uses to read and to publish. */
export function createGiteaApi(gitea: GiteaContext): Router {
  const router = createRouter();
  router.use(express.json({ limit: '50mb' }));
  router.use((request, _response, next) => {
    if (gitea.callerOf(request) === 'refused') {
      throw new GiteaError(401, 'invalid username, password or token');
    }
    next();
  });
  router.get('/version', (_request, response) => {
    response.json({ version: VERSION });
  });
  addOrganisationRoutes(router, gitea);
  addRepositoryRoutes(router, gitea);
  addContentsRoutes(router, gitea);
  addCommitRoutes(router, gitea);
  router.use((_request, response) => {
    response.status(404).type('text').send('404 page not found\n');
  });
  router.use(sendError(`${gitea.links.base}/api/swagger`));
  return router;
}

const sendError =
  (documentation: string): ErrorRequestHandler =>
  // Express knows an error handler by its four parameters.
  (error, _request, response, _next) => {
    const refusal = refusalOf(error);
    response.status(refusal.status).json({
      ...(refusal.errors !== undefined && { errors: refusal.errors }),
      message: refusal.message,
      url: documentation,
    });
  };

function refusalOf(error: unknown): GiteaError {
  if (error instanceof GiteaError) return error;
  if (error instanceof SyntaxError) return invalid(`[]: ${error.message}`);
  return new GiteaError(500, error instanceof Error ? error.message : String(error));
}
