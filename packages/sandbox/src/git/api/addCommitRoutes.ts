import type { Router } from 'express';
import { commitJson } from './commitJson';
import { type GiteaContext, textOf } from './GiteaContext';
import { GiteaError, notFound } from './GiteaError';

const PAGE_SIZE = 30;
const MAX_PAGE_SIZE = 50;

export function addCommitRoutes(router: Router, gitea: GiteaContext): void {
  router.get('/repos/:owner/:repo/commits', async (request, response) => {
    const { git, record } = gitea.repository(request);
    if ((await git.branches()).length === 0) throw new GiteaError(409, 'Git Repository is empty.');
    const commit = await git.resolve(textOf(request.query.sha) || record.defaultBranch);
    if (!commit) {
      // Gitea's own answer here has no error body.
      response.status(404).json(null);
      return;
    }
    const limit = Math.min(numberOf(request.query.limit) ?? PAGE_SIZE, MAX_PAGE_SIZE);
    const page = numberOf(request.query.page) ?? 1;
    const commits = await git.log(commit, {
      path: textOf(request.query.path),
      limit,
      skip: (page - 1) * limit,
    });
    response.json(commits.map(found => commitJson(found, record, gitea.links)));
  });

  router.get('/repos/:owner/:repo/git/commits/*', async (request, response) => {
    const { git, record } = gitea.repository(request);
    const ref = (request.params as Record<string, string>)[0];
    const sha = await git.resolve(ref);
    if (!sha) throw notFound(`commit doesn't exist: ${ref}`);
    const [commit, files] = await Promise.all([git.commitOf(sha), git.changedFiles(sha)]);
    response.json(commitJson(commit, record, gitea.links, files));
  });
}

function numberOf(value: unknown): number | undefined {
  const number = Number.parseInt(String(value), 10);
  return number > 0 ? number : undefined;
}
