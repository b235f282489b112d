import type { Router } from 'express';
import createRouter from 'express-promise-router';
import { sendPage } from '../../http/htmlDocument';
import { ARGOCD_NAMESPACE } from '../application/Application';
import type { ArgoCdContext } from '../api/ArgoCdContext';
import { applicationBody } from './applicationBody';
import { applicationsBody } from './applicationsBody';
import { html } from '../../http/html';

/** Pages so that links to applications lead somewhere; reading only, for the people of this machine. */
export function createArgoCdPages(argocd: ArgoCdContext): Router {
  const router = createRouter();
  router.get(['/', '/applications'], (_request, response) => {
    const body = applicationsBody(argocd.controller.applications());
    sendPage(response, { title: 'Applications', body });
  });
  router.get(
    ['/applications/:name', '/applications/:namespace/:name'],
    (request, response, next) => {
      const { namespace = ARGOCD_NAMESPACE, name } = request.params as Record<string, string>;
      const found = namespace === ARGOCD_NAMESPACE ? argocd.controller.get(name) : undefined;
      if (!found) return next();
      const body = applicationBody(argocd.present(found));
      return sendPage(response, { title: name, body });
    },
  );
  router.use((_request, response) => {
    const body = html`<h1>Not found</h1>
      <p>There is no such application.</p>
      <p><a href="/applications">All applications</a></p>`;
    sendPage(response, { title: 'Not found', body }, 404);
  });
  return router;
}
