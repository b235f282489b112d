import type { Router } from 'express';
import { RepositoryRefused } from '../RepositoryStore';
import { bodyOf, type GiteaContext, textOf } from './GiteaContext';
import { GiteaError, invalid, notFound } from './GiteaError';
import { organisationJson, userJson } from './ownerJson';

const USER_ID = 1;

export function addOrganisationRoutes(router: Router, gitea: GiteaContext): void {
  const { store, credentials, links } = gitea;
  const user = () => userJson({ id: USER_ID, name: credentials.user }, links);
  const organisation = (name: string) => {
    const found = store.organisation(name);
    if (!found) throw notFound('GetOrgByName', `user redirect does not exist [name: ${name}]`);
    return found;
  };

  router.get('/user', (request, response) => {
    gitea.requireWriter(request);
    response.json(user());
  });

  router.get('/users/:name', (request, response) => {
    if (request.params.name.toLowerCase() !== credentials.user.toLowerCase()) throw notFound();
    response.json(user());
  });

  router.post('/orgs', async (request, response) => {
    gitea.requireWriter(request);
    const name = textOf(bodyOf(request).username) ?? '';
    const made = await store.addOrganisation(name).catch(refuse);
    response.status(201).json(organisationJson(made, links));
  });

  router.get('/orgs/:org', (request, response) => {
    response.json(organisationJson(organisation(request.params.org), links));
  });

  router.get('/orgs/:org/repos', async (request, response) => {
    const { name } = organisation(request.params.org);
    const visible = store
      .list(name)
      .filter(({ record }) => !record.private || gitea.isWriter(request));
    response.json(await Promise.all(visible.map(found => gitea.describe(request, found))));
  });

  router.post('/orgs/:org/repos', async (request, response) => {
    gitea.requireWriter(request);
    const { name: owner } = organisation(request.params.org);
    const body = bodyOf(request);
    const repository = await store
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
      await store.commit(repository, {
        message: 'Initial commit',
        changes: [{ path: 'README.md', content }],
      });
    }
    await gitea.sendRepository(request, response, repository, 201);
  });
}

export function refuse(error: unknown): never {
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
