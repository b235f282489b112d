import type { Request, Response, Router } from 'express';
import createRouter from 'express-promise-router';
import { html } from '../../http/html';
import { sendPage } from '../../http/htmlDocument';
import type { GiteaContext } from '../api/GiteaContext';
import { GiteaError } from '../api/GiteaError';
import type { HostedRepository } from '../HostedRepository';
import { commitBody, historyBody } from './commitPages';
import { listBody } from './listBody';
import { placeOf, sendRaw, sendSource } from './sourcePages';

const SOURCE = ':kind(branch|tag|commit)/*';

/** With the rest of the path under 0. */
type Params = Readonly<Record<string, string>>;

/**
 * Pages so that every link to the host leads somewhere; reading only. They are shown as to someone who is signed in:
 * private repositories too, because there is no sign-in here and the host is for one machine.
 */
export function createGitPages({ store, links }: GiteaContext): Router {
  const router = createRouter();
  const repositoryOf = (request: Request): HostedRepository => {
    const repository = store.get(request.params.owner, request.params.repo);
    if (!repository) throw missing();
    return repository;
  };
  router.get('/', (_request, response) => {
    sendPage(response, { title: 'Repositories', body: listBody('Repositories', store.list()) });
  });
  router.get('/:owner', (request, response, next) => {
    const organisation = store.organisation(request.params.owner);
    if (!organisation) return next();
    const { name } = organisation;
    return sendPage(response, { title: name, body: listBody(name, store.list(name)) });
  });
  router.get('/:owner/:repo.git', (request, response) => {
    response.redirect(request.path.replace(/\.git$/, ''));
  });
  router.get('/:owner/:repo', async (request, response) => {
    const repository = repositoryOf(request);
    const revision = { kind: 'branch', name: repository.record.defaultBranch } as const;
    await sendSource(response, links, { repository, revision, path: '' });
  });
  router.get(`/:owner/:repo/src/${SOURCE}`, async (request, response) =>
    sendSource(response, links, await placeOf(repositoryOf(request), request)),
  );
  router.get(`/:owner/:repo/raw/${SOURCE}`, async (request, response) =>
    sendRaw(response, await placeOf(repositoryOf(request), request)),
  );
  router.get('/:owner/:repo/commit/:sha([0-9a-f]{4,40})', (request, response) =>
    sendCommit(response, repositoryOf(request), request.params.sha),
  );
  router.get('/:owner/:repo/commits/branch/*', (request, response) =>
    sendHistory(response, repositoryOf(request), (request.params as Params)[0]),
  );
  // Backstage's edit link leaves the kind of the revision out.
  router.get('/:owner/:repo/_edit/:ref/*', (request, response) => {
    const { ref, 0: path } = request.params as Params;
    const { record } = repositoryOf(request);
    response.redirect(links.source(record, { kind: 'branch', name: ref }, path));
  });
  return router;
}

async function sendCommit(response: Response, { record, git }: HostedRepository, ref: string) {
  const sha = await git.resolve(ref);
  if (!sha) throw missing();
  const [commit, patch] = await Promise.all([git.commitOf(sha), git.patch(sha)]);
  const title = commit.message.split('\n')[0];
  sendPage(response, { title, body: commitBody(record, commit, patch) });
}

async function sendHistory(response: Response, { record, git }: HostedRepository, branch: string) {
  const sha = await git.resolve(branch);
  if (!sha) throw missing();
  const body = historyBody(record, branch, await git.log(sha, { limit: 100 }));
  sendPage(response, { title: `Commits of ${record.name}`, body });
}

const missing = (): GiteaError => new GiteaError(404, 'Not found.');

/** What a page that does not exist looks like. */
export function notFoundPage(response: Response, message: string): void {
  const body = html`<h1>Not found</h1>
    <p>${message}</p>
    <p><a href="/">All repositories</a></p>`;
  sendPage(response, { title: 'Not found', body }, 404);
}
