import type { Request, Response, Router } from 'express';
import { type Organisation, RepositoryRefused } from '../RepositoryStore';
import { bodyOf, type GiteaContext, textOf } from './GiteaContext';
import { GiteaError, invalid, notFound } from './GiteaError';
import { organisationJson } from './ownerJson';

export function addOrganisationRoutes(router: Router, gitea: GiteaContext): void {
  router.get('/orgs/:org', (request, response) => {
    response.json(organisationJson(organisationOf(gitea, request), gitea.links));
  });
  router.post('/orgs/:org/repos', (request, response) => create(gitea, request, response));
}

async function create(gitea: GiteaContext, request: Request, response: Response) {
  gitea.requireWriter(request);
  const { name: owner } = organisationOf(gitea, request);
  const body = bodyOf(request);
  const repository = await gitea.store
    .create({
      owner,
      name: textOf(body.name) ?? '',
      description: textOf(body.description),
      private: body.private === true,
      defaultBranch: textOf(body.default_branch),
    })
    .catch(refuse);
  if (body.auto_init === true) {
    const { name, description } = repository.record;
    const content = `# ${name}\n\n${description}\n`;
    const changes = [{ path: 'README.md', content }];
    await gitea.store.commit(repository, { message: 'Initial commit', changes });
  }
  await gitea.sendRepository(request, response, repository, 201);
}

function organisationOf({ store }: GiteaContext, request: Request): Organisation {
  const { org } = request.params;
  const found = store.organisation(org);
  if (!found) throw notFound('GetOrgByName', `user redirect does not exist [name: ${org}]`);
  return found;
}

function refuse(error: unknown): never {
  if (!(error instanceof RepositoryRefused)) throw error;
  switch (error.reason) {
    case 'taken':
      throw new GiteaError(409, error.message);
    case 'no-owner':
      throw notFound('GetOrgByName', error.message);
    default:
      throw invalid(error.message);
  }
}
