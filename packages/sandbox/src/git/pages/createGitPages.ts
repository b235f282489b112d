import type { Request, Response, Router } from 'express';
import createRouter from 'express-promise-router';
import { html } from '../../http/html';
import { sendPage } from '../../http/htmlDocument';
import type { GiteaContext } from '../api/GiteaContext';
import { GiteaError } from '../api/GiteaError';
import type { Revision } from '../api/GiteaLinks';
import { filePath } from '../filePath';
import type { HostedRepository } from '../HostedRepository';
import { commitBody, historyBody } from './commitPages';
import { emptyBody, fileBody, folderBody } from './filePages';
import { listBody } from './listBody';

/**
 * Pages so that every link to the host leads somewhere; reading only. They are shown as to someone who is signed in:
 * private repositories too, because there is no sign-in here and the host is for one machine.
 */
export function createGitPages(gitea: GiteaContext): Router {
  const router = createRouter();
  const { store } = gitea;

  router.get('/', (_request, response) => {
    const body = listBody('Repositories', store.list());
    sendPage(response, { title: 'Repositories', body });
  });
  router.get('/:owner', (request, response, next) => {
    const organisation = store.organisation(request.params.owner);
    if (!organisation) return next();
    const body = listBody(organisation.name, store.list(organisation.name));
    return sendPage(response, { title: organisation.name, body });
  });
  router.get('/:owner/:repo', (request, response) => {
    if (request.params.repo.endsWith('.git')) {
      response.redirect(request.path.replace(/\.git$/, ''));
      return undefined;
    }
    const repository = repositoryOf(request);
    const { defaultBranch } = repository.record;
    return sendSource(repository, { kind: 'branch', name: defaultBranch }, '', response);
  });
  router.get('/:owner/:repo/src/:kind(branch|tag|commit)/*', async (request, response) => {
    const repository = repositoryOf(request);
    const { revision, path } = await splitRevision(repository, request);
    await sendSource(repository, revision, path, response);
  });
  router.get('/:owner/:repo/raw/:kind(branch|tag|commit)/*', async (request, response) => {
    const repository = repositoryOf(request);
    const { revision, path } = await splitRevision(repository, request);
    const commit = await repository.git.resolve(revision.name);
    const entry = commit ? await repository.git.entry(commit, path) : undefined;
    if (entry?.type !== 'file') throw missing();
    response.set('X-Content-Type-Options', 'nosniff').type('text/plain');
    response.send(await repository.git.blob(entry.sha));
  });
  router.get('/:owner/:repo/commit/:sha([0-9a-f]{4,40})', async (request, response) => {
    const repository = repositoryOf(request);
    const sha = await repository.git.resolve(request.params.sha);
    if (!sha) throw missing();
    const commit = await repository.git.commitOf(sha);
    const body = commitBody(repository.record, commit, await repository.git.patch(sha));
    sendPage(response, { title: commit.message.split('\n')[0], body });
  });
  router.get('/:owner/:repo/commits/branch/*', async (request, response) => {
    const { record, git } = repositoryOf(request);
    const name = (request.params as Record<string, string>)[0];
    const sha = await git.resolve(name);
    if (!sha) throw missing();
    const body = historyBody(record, name, await git.log(sha, { limit: 100 }));
    sendPage(response, { title: `Commits of ${record.name}`, body });
  });
  // Backstage's edit link leaves the kind of the revision out.
  router.get('/:owner/:repo/_edit/:ref/*', (request, response) => {
    const { record } = repositoryOf(request);
    const rest = (request.params as Record<string, string>)[0];
    const { ref } = request.params as Record<string, string>;
    response.redirect(gitea.links.source(record, { kind: 'branch', name: ref }, rest));
  });
  return router;

  function repositoryOf(request: Request): HostedRepository {
    const { owner, repo } = request.params;
    const repository = store.get(owner, repo);
    if (!repository) throw missing();
    return repository;
  }

  async function sendSource(
    repository: HostedRepository,
    revision: Revision,
    path: string,
    response: Response,
  ): Promise<void> {
    const { git, record } = repository;
    const title = path ? `${path} - ${record.name}` : `${record.owner}/${record.name}`;
    if ((await git.branches()).length === 0) {
      return sendPage(response, { title, body: emptyBody(record, gitea.links.clone(record)) });
    }
    const commit = await git.resolve(revision.name);
    const entry = commit ? await git.entry(commit, path) : undefined;
    if (!commit || !entry) throw missing();
    const view = { record, revision, path, cloneUrl: gitea.links.clone(record) };
    if (entry.type !== 'dir') {
      return sendPage(response, { title, body: fileBody(view, await git.blob(entry.sha)) });
    }
    const entries = (await git.entries(commit, path)) ?? [];
    const readme = entries.find(({ name }) => /^readme(\.md|\.txt)?$/i.test(name));
    const text = readme && (await git.blob(readme.sha)).toString();
    const [last] = await git.log(commit, { limit: 1 });
    return sendPage(response, {
      title,
      body: folderBody({ ...view, entries, last, readme: text }),
    });
  }
}

const missing = () => new GiteaError(404, 'Not found.');

/** `feature/x/src/a.ts`: a branch's name may have slashes too, so the longest one that exists wins. */
async function splitRevision(
  { git }: HostedRepository,
  request: Request,
): Promise<{ revision: Revision; path: string }> {
  const { kind, 0: rest } = request.params as { kind: Revision['kind']; 0: string };
  const parts = rest.split('/').filter(Boolean);
  const branches = kind === 'branch' ? (await git.branches()).map(({ name }) => name) : [];
  const lengths = parts.map((_, index) => parts.length - index);
  const length = lengths.find(count => branches.includes(parts.slice(0, count).join('/'))) ?? 1;
  const path = filePath(parts.slice(length).join('/'));
  if (path === undefined) throw missing();
  return { revision: { kind, name: parts.slice(0, length).join('/') }, path };
}

/** What a page that does not exist looks like. */
export function notFoundPage(response: Response, message: string): void {
  const body = html`<h1>Not found</h1>
    <p>${message}</p>
    <p><a href="/">All repositories</a></p>`;
  sendPage(response, { title: 'Not found', body }, 404);
}
