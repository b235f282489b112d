import { ConflictError, InputError } from '@backstage/errors';
import type { GitLabIntegrationConfig } from '@backstage/integration';
import { requestJson } from './requestJson';
import type { CreateRepository, Repository, RepositoryHost } from './RepositoryHost';

/** Source: https://docs.gitlab.com/api/projects/#create-a-project */
export class GitLabHost implements RepositoryHost {
  readonly title = 'GitLab';
  readonly #config: GitLabIntegrationConfig;

  constructor(config: GitLabIntegrationConfig) {
    this.#config = config;
  }

  async create({
    owner,
    repo,
    description,
    visibility,
    defaultBranch,
  }: CreateRepository): Promise<Repository> {
    const { apiBaseUrl, baseUrl } = this.#config;
    const headers = { 'private-token': (await this.credentials()).password };
    const { id } = await requestJson<{ id: number }>({
      title: this.title,
      url: `${apiBaseUrl}/namespaces/${encodeURIComponent(owner)}`,
      headers,
    });
    await requestJson({
      title: this.title,
      url: `${apiBaseUrl}/projects`,
      method: 'POST',
      headers,
      body: {
        name: repo,
        path: repo,
        namespace_id: id,
        description,
        visibility,
        default_branch: defaultBranch,
      },
    }).catch(error => {
      if (/has already been taken/.test(error.message))
        throw new ConflictError(error.message, error);
      throw error;
    });
    const page = `${baseUrl.replace(/\/$/, '')}/${owner}/${repo}`;
    return { remoteUrl: `${page}.git`, repoContentsUrl: `${page}/-/blob/${defaultBranch}/` };
  }

  async credentials() {
    const { host, token } = this.#config;
    if (!token) throw new InputError(`integrations.gitlab for ${host} needs a token`);
    return { username: 'oauth2', password: token };
  }
}
