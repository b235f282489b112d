import type { Request, Response, Router } from 'express';
import { APPLICATION_API, ARGOCD_NAMESPACE, sourcesOf } from '../application/Application';
import { isMatch, parseQuery, text } from './ApplicationQuery';
import { ApiRefusal } from './ApiRefusal';
import type { ArgoCdContext } from './ArgoCdContext';
import { parseFields, selectListItem } from './fields';
import { resourceTree } from './resourceTree';

export function addReadRoutes(router: Router, argocd: ArgoCdContext): void {
  const at = '/applications/:name';
  router.get('/applications', (request, response) => list(argocd, request, response));
  router.get(at, (request, response) => read(argocd, request, response));
  router.get(`${at}/resource-tree`, (request, response) => {
    response.json(resourceTree(argocd.cluster, argocd.application(request)));
  });
  router.get(`${at}/revisions/:revision/metadata`, (request, response) =>
    readRevision(argocd, request, response),
  );
  router.get('/projects', (_request, response) => listProjects(argocd, response));
}

const listMeta = ({ cluster }: ArgoCdContext) => ({
  resourceVersion: String(cluster.store.currentVersion),
});

function list(argocd: ArgoCdContext, request: Request, response: Response) {
  const query = parseQuery(request.query);
  const found = argocd.controller
    .applications()
    .filter(application => isMatch(application, query))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map(application => argocd.present(application));
  const selection = parseFields(request.query.fields);
  const items = selection ? found.map(item => selectListItem(item, selection)) : found;
  response.json({ metadata: listMeta(argocd), items: items.length > 0 ? items : null });
}

async function read(argocd: ArgoCdContext, request: Request, response: Response) {
  const { metadata } = argocd.application(request);
  const refresh = text(request.query.refresh);
  if (refresh) {
    await argocd.controller.refresh(metadata.name, refresh === 'hard' ? 'hard' : 'latest');
  }
  response.json(argocd.present(argocd.application(request)));
}

async function readRevision(argocd: ArgoCdContext, request: Request, response: Response) {
  const { spec } = argocd.application(request);
  const { revision } = request.params;
  if (!/^[0-9a-f]{40}$/.test(revision)) {
    throw new ApiRefusal('Unknown', `revision ${revision} must be resolved`);
  }
  const index = Number(text(request.query.sourceIndex) ?? 0);
  const { repoURL } = sourcesOf(spec)[index] ?? sourcesOf(spec)[0];
  const commit = await argocd.source.repositories.commitOf(repoURL, revision).catch(error => {
    throw new ApiRefusal('Unknown', `rpc error: code = Internal desc = ${error.message}`);
  });
  const { author, committer, message } = commit;
  response.json({
    author: `${author.name} <${author.email}>`,
    date: committer.date,
    message: message.trimEnd(),
  });
}

function listProjects(argocd: ArgoCdContext, response: Response) {
  const projects = argocd.cluster.list(
    { kind: 'AppProject', apiVersion: APPLICATION_API },
    { namespace: ARGOCD_NAMESPACE },
  );
  const items = projects.map(({ metadata, spec, status = {} }) => ({ metadata, spec, status }));
  response.json({ metadata: listMeta(argocd), items });
}
