import type { Request, Response, Router } from 'express';
import type { FileChange } from '../commitFiles';
import { isRefName } from '../filePath';
import type { TreeEntry } from '../TreeEntry';
import { fileCommitJson } from './commitJson';
import { contentsJson } from './contentsJson';
import { bodyOf, type GiteaContext, textOf } from './GiteaContext';
import { invalid, notFound } from './GiteaError';

export function addContentsRoutes(router: Router, gitea: GiteaContext): void {
  const at = '/repos/:owner/:repo/contents';
  router.get([at, `${at}/*`], (request, response) => readContents(gitea, request, response));
  router.post(`${at}/*`, (request, response) => writeFile(gitea, request, response, 'create'));
  router.put(`${at}/*`, (request, response) => writeFile(gitea, request, response, 'update'));
  router.delete(`${at}/*`, (request, response) => writeFile(gitea, request, response, 'delete'));

  router.get('/repos/:owner/:repo/raw/*', async (request, response) => {
    const repository = gitea.repository(request);
    const { git } = repository;
    const path = gitea.pathOf(request);
    const { commit } = await gitea.revision(repository, request.query.ref);
    const entry = await git.entry(commit, path);
    if (entry?.type !== 'file') throw notFound();
    response
      .set('Content-Security-Policy', "default-src 'none'; sandbox")
      .set('X-Content-Type-Options', 'nosniff')
      .type('text/plain')
      .send(await git.blob(entry.sha));
  });
}

async function readContents(gitea: GiteaContext, request: Request, response: Response) {
  const repository = gitea.repository(request);
  const path = gitea.pathOf(request);
  const { revision, commit } = await gitea.revision(repository, request.query.ref);
  const { git } = repository;
  const describe = async (entry: TreeEntry, content?: Buffer) => {
    const [last] = await git.log(commit, { path: entry.path, limit: 1 });
    return contentsJson(repository, entry, { links: gitea.links, revision, last, content });
  };
  const entry = await git.entry(commit, path);
  if (!entry) {
    throw notFound('GetContentsOrList', `object does not exist [id: , rel_path: ${path}]`);
  }
  if (entry.type === 'dir') {
    const entries = (await git.entries(commit, path)) ?? [];
    response.json(await Promise.all(entries.map(child => describe(child))));
    return;
  }
  response.json(await describe(entry, await git.blob(entry.sha)));
}

type Write = 'create' | 'update' | 'delete';

/** One file, one commit. An update or a removal must name the blob that it replaces. */
async function writeFile(gitea: GiteaContext, request: Request, response: Response, write: Write) {
  gitea.requireWriter(request);
  const repository = gitea.repository(request);
  const { git, record } = repository;
  const path = gitea.pathOf(request);
  const body = bodyOf(request);
  const branch = textOf(body.branch) || record.defaultBranch;
  if (!isRefName(branch)) throw invalid('[BranchName]: GitRefName');
  const tip = await git.resolve(branch);
  if (!tip && (await git.branches()).length > 0) {
    throw notFound('not found', `branch does not exist [name: ${branch}]`);
  }
  const existing = tip ? await git.entry(tip, path) : undefined;
  refuseWrite(write, path, existing, textOf(body.sha));
  const change: FileChange = {
    path,
    ...(write !== 'delete' && { content: Buffer.from(textOf(body.content) ?? '', 'base64') }),
  };
  const verb = { create: 'Add', update: 'Update', delete: 'Delete' }[write];
  const commit = await gitea.store.commit(repository, {
    branch,
    message: textOf(body.message) || `${verb} ${path}`,
    changes: [change],
    author: { name: gitea.credentials.user, email: `${gitea.credentials.user}@noreply.invalid` },
  });
  const written = write === 'delete' ? undefined : await git.entry(commit.sha, path);
  const revision = { kind: 'branch', name: branch } as const;
  const content = change.content as Buffer;
  response.status(write === 'create' || (write === 'update' && !existing) ? 201 : 200).json({
    content: written
      ? contentsJson(repository, written, { links: gitea.links, revision, last: commit, content })
      : null,
    commit: fileCommitJson(commit, record, gitea.links),
  });
}

function refuseWrite(write: Write, path: string, existing: TreeEntry | undefined, sha?: string) {
  if (path === '') throw invalid('[Path]: Required');
  if (write === 'delete' && !sha) throw invalid('[SHA]: Required');
  if (write === 'delete' && !existing) {
    throw notFound('not found', `repository file does not exist [path: ${path}]`);
  }
  if (!existing) return;
  if (write === 'create' || !sha) {
    throw invalid(`repository file already exists [path: ${path}]`);
  }
  if (sha !== existing.sha) {
    throw invalid(`sha does not match [given: ${sha}, expected: ${existing.sha}]`);
  }
}
