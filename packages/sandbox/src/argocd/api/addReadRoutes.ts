import type { Router } from 'express';
import { apiVersionOf } from '../../kubernetes/resources/Resource';
import { APPLICATION_API, ARGOCD_NAMESPACE, sourcesOf } from '../application/Application';
import { IN_CLUSTER } from '../controller/specProblem';
import { isMatch, parseQuery, text } from './ApplicationQuery';
import { ApiRefusal } from './ApiRefusal';
import type { ArgoCdContext } from './ArgoCdContext';
import { parseFields, selectListItem } from './fields';
import { resourceTree } from './resourceTree';

export function addReadRoutes(router: Router, argocd: ArgoCdContext): void {
  const { cluster, controller, source } = argocd;
  const listMeta = () => ({ resourceVersion: String(cluster.store.currentVersion) });

  router.get('/applications', (request, response) => {
    const query = parseQuery(request.query);
    const found = controller
      .applications()
      .filter(application => isMatch(application, query))
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
      .map(application => argocd.present(application));
    const selection = parseFields(request.query.fields);
    const items = selection ? found.map(item => selectListItem(item, selection)) : found;
    response.json({ metadata: listMeta(), items: items.length > 0 ? items : null });
  });

  router.get('/applications/:name', async (request, response) => {
    const application = argocd.application(request);
    const refresh = text(request.query.refresh);
    if (refresh) {
      const level = refresh === 'hard' ? 'hard' : 'latest';
      await controller.refresh(application.metadata.name, level);
    }
    response.json(argocd.present(argocd.application(request)));
  });

  router.get('/applications/:name/resource-tree', (request, response) => {
    response.json(resourceTree(cluster, argocd.application(request)));
  });

  router.get('/applications/:name/revisions/:revision/metadata', async (request, response) => {
    const { spec } = argocd.application(request);
    const { revision } = request.params;
    if (!/^[0-9a-f]{40}$/.test(revision)) {
      throw new ApiRefusal('Unknown', `revision ${revision} must be resolved`);
    }
    const index = Number(text(request.query.sourceIndex) ?? 0);
    const { repoURL } = sourcesOf(spec)[index] ?? sourcesOf(spec)[0];
    const commit = await source.repositories.commitOf(repoURL, revision).catch(error => {
      throw new ApiRefusal('Unknown', `rpc error: code = Internal desc = ${error.message}`);
    });
    const { author, committer, message } = commit;
    response.json({
      author: `${author.name} <${author.email}>`,
      date: committer.date,
      message: message.trimEnd(),
    });
  });

  router.get('/projects', (_request, response) => {
    const projects = cluster.list(
      { kind: 'AppProject', apiVersion: APPLICATION_API },
      { namespace: ARGOCD_NAMESPACE },
    );
    const items = projects.map(({ metadata, spec, status = {} }) => ({ metadata, spec, status }));
    response.json({ metadata: listMeta(), items });
  });

  router.get('/clusters', (_request, response) => {
    const connectionState = { status: 'Successful', message: '' };
    const applicationsCount = controller.applications().length;
    const apiVersions = [...new Set(cluster.resources.all().map(apiVersionOf))];
    const info = { connectionState, applicationsCount, apiVersions };
    response.json({ metadata: {}, items: [{ ...IN_CLUSTER, connectionState, info }] });
  });
}
