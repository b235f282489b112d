import type { Router } from 'express';
import { isRefName } from '../filePath';
import { RepositoryRefused } from '../RepositoryStore';
import { branchJson } from './commitJson';
import { bodyOf, type GiteaContext, textOf } from './GiteaContext';
import { invalid, notFound } from './GiteaError';

export function addRepositoryRoutes(router: Router, gitea: GiteaContext): void {
  const { store, links } = gitea;

  router.get('/repos/search', async (request, response) => {
    const wanted = (textOf(request.query.q) ?? '').toLowerCase();
    const found = store
      .list()
      .filter(({ record }) => !record.private || gitea.isWriter(request))
      .filter(({ record }) => record.name.toLowerCase().includes(wanted));
    const data = await Promise.all(found.map(repository => gitea.describe(request, repository)));
    response.json({ ok: true, data });
  });

  router.get('/repos/:owner/:repo', (request, response) =>
    gitea.sendRepository(request, response, gitea.repository(request)),
  );

  router.patch('/repos/:owner/:repo', async (request, response) => {
    gitea.requireWriter(request);
    const repository = gitea.repository(request);
    const body = bodyOf(request);
    const branch = textOf(body.default_branch);
    const known = await repository.git.branches();
    const settable = branch && known.some(({ name }) => name === branch);
    const edited = await store
      .edit(repository, {
        ...(textOf(body.name) && { name: textOf(body.name) }),
        ...(textOf(body.description) !== undefined && { description: textOf(body.description) }),
        ...(typeof body.private === 'boolean' && { private: body.private }),
        // As Gitea: a branch that does not exist is passed over without a word.
        ...(settable && { defaultBranch: branch }),
      })
      .catch(error => {
        throw error instanceof RepositoryRefused ? invalid(error.message) : error;
      });
    await gitea.sendRepository(request, response, edited);
  });

  router.delete('/repos/:owner/:repo', async (request, response) => {
    gitea.requireWriter(request);
    await store.remove(gitea.repository(request));
    response.status(204).end();
  });

  router.get('/repos/:owner/:repo/branches', async (request, response) => {
    const { git, record } = gitea.repository(request);
    const branches = await git.branches();
    const options = { repository: record, links, writer: gitea.isWriter(request) };
    const listed = branches.map(async ({ name, sha }) =>
      branchJson(name, await git.commitOf(sha), options),
    );
    response.json(branches.length > 0 ? await Promise.all(listed) : null);
  });

  router.get('/repos/:owner/:repo/branches/*', async (request, response) => {
    const { git, record } = gitea.repository(request);
    const wanted = (request.params as Record<string, string>)[0];
    const branch = (await git.branches()).find(({ name }) => name === wanted);
    if (!branch) throw notFound();
    const options = { repository: record, links, writer: gitea.isWriter(request) };
    response.json(branchJson(branch.name, await git.commitOf(branch.sha), options));
  });

  router.get('/repos/:owner/:repo/archive/*', async (request, response) => {
    const { git, record } = gitea.repository(request);
    const wanted = (request.params as Record<string, string>)[0];
    const [, ref, format] = /^(.*)\.(tar\.gz|zip)$/.exec(wanted) ?? [];
    const commit = ref && isRefName(ref) ? await git.resolve(ref) : undefined;
    if (!commit) throw notFoundReference(ref ?? wanted);
    response
      .type('application/octet-stream')
      .send(await git.archive(commit, format as 'tar.gz' | 'zip', record.name.toLowerCase()));
  });
}

const notFoundReference = (ref: string) => notFound(`unrecognized repository reference: ${ref}`);
