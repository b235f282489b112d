import express, { type ErrorRequestHandler, type Request, type Router } from 'express';
import createRouter from 'express-promise-router';
import { addOperationRoutes } from './addOperationRoutes';
import { addReadRoutes } from './addReadRoutes';
import { addStreamRoute } from './addStreamRoute';
import { addWriteRoutes } from './addWriteRoutes';
import { ApiRefusal } from './ApiRefusal';
import type { ArgoCdContext } from './ArgoCdContext';

/** The version whose answers were recorded. */
const VERSION = 'v3.2.6+sandbox';

/** The part of Argo CD's HTTP API that clients of applications use. */
export function createArgoCdApi(argocd: ArgoCdContext): Router {
  const router = createRouter();
  router.get('/version', (_request, response) => {
    response.json({ Version: VERSION });
  });
  router.use('/v1', (request, response, next) => {
    if (isRefusedType(request)) response.status(415).type('text').send('Invalid content type\n');
    else next();
  });
  router.use('/v1', express.json({ limit: '10mb' }));
  router.post('/v1/session', (request, response) => {
    const { username, password } = (request.body ?? {}) as Record<string, unknown>;
    response.json({ token: argocd.sessions.signIn(username, password) });
  });
  router.use('/v1', createAuthorised(argocd));
  router.use((_request, response) => {
    response.status(404).type('text').send('Not Found\n');
  });
  router.use(sendRefusal);
  return router;
}

function createAuthorised(argocd: ArgoCdContext): Router {
  const router = createRouter();
  router.use((request, _response, next) => {
    argocd.accountOf(request);
    next();
  });
  addReadRoutes(router, argocd);
  addStreamRoute(router, argocd);
  addWriteRoutes(router, argocd);
  addOperationRoutes(router, argocd);
  return router;
}

/** Against requests that a foreign page makes a browser send (server.go, enforceContentTypes). */
const isRefusedType = (request: Request): boolean =>
  request.method !== 'GET' && !/^application\/json\b/i.test(request.get('content-type') ?? '');

// Express knows an error handler by its four parameters.
const sendRefusal: ErrorRequestHandler = (error, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const refusal = refusalOf(error);
  const streaming = request.path.includes('/stream/');
  response.status(refusal.status).json(streaming ? refusal.streamBody : refusal.body);
};

function refusalOf(error: unknown): ApiRefusal {
  if (error instanceof ApiRefusal) return error;
  if (error instanceof SyntaxError) return new ApiRefusal('InvalidArgument', error.message);
  return new ApiRefusal('Unknown', error instanceof Error ? error.message : String(error));
}
