import type { Request, Response, Router } from 'express';
import { isRefName } from '../filePath';
import { branchJson } from './commitJson';
import { bodyOf, type GiteaContext, textOf } from './GiteaContext';
import { notFound } from './GiteaError';

export function addRepositoryRoutes(router: Router, gitea: GiteaContext): void {
  const at = '/repos/:owner/:repo';
  router.get(at, (request, response) =>
    gitea.sendRepository(request, response, gitea.repository(request)),
  );
  router.patch(at, (request, response) => edit(gitea, request, response));
  router.delete(at, async (request, response) => {
    gitea.requireWriter(request);
    await gitea.store.remove(gitea.repository(request));
    response.status(204).end();
  });
  router.get(`${at}/branches`, (request, response) => listBranches(gitea, request, response));
  router.get(`${at}/branches/*`, (request, response) => readBranch(gitea, request, response));
  router.get(`${at}/archive/*`, (request, response) => sendArchive(gitea, request, response));
}

async function edit(gitea: GiteaContext, request: Request, response: Response) {
  gitea.requireWriter(request);
  const repository = gitea.repository(request);
  const body = bodyOf(request);
  const branch = textOf(body.default_branch);
  const known = await repository.git.branches();
  const settable = branch && known.some(({ name }) => name === branch);
  await repository.edit({
    ...(textOf(body.description) !== undefined && { description: textOf(body.description) }),
    ...(typeof body.private === 'boolean' && { private: body.private }),
    // As Gitea: a branch that does not exist is passed over without a word.
    ...(settable && { defaultBranch: branch }),
  });
  await gitea.sendRepository(request, response, repository);
}

async function listBranches(gitea: GiteaContext, request: Request, response: Response) {
  const { git, record } = gitea.repository(request);
  const branches = await git.branches();
  const options = { repository: record, links: gitea.links, writer: gitea.isWriter(request) };
  const listed = branches.map(async ({ name, sha }) =>
    branchJson(name, await git.commitOf(sha), options),
  );
  response.json(branches.length > 0 ? await Promise.all(listed) : null);
}

async function readBranch(gitea: GiteaContext, request: Request, response: Response) {
  const { git, record } = gitea.repository(request);
  const branch = (await git.branches()).find(({ name }) => name === request.params[0]);
  if (!branch) throw notFound();
  const options = { repository: record, links: gitea.links, writer: gitea.isWriter(request) };
  response.json(branchJson(branch.name, await git.commitOf(branch.sha), options));
}

async function sendArchive(gitea: GiteaContext, request: Request, response: Response) {
  const { git, record } = gitea.repository(request);
  const wanted = request.params[0];
  const [, ref = wanted, format] = /^(.*)\.(tar\.gz|zip)$/.exec(wanted) ?? [];
  const commit = isRefName(ref) ? await git.resolve(ref) : undefined;
  if (!commit || !format) throw notFound(`unrecognized repository reference: ${ref}`);
  const archive = await git.archive(
    commit,
    format === 'zip' ? 'zip' : 'tar.gz',
    record.name.toLowerCase(),
  );
  response.type('application/octet-stream').send(archive);
}
