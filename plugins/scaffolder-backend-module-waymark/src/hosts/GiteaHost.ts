import { InputError, NotFoundError } from '@backstage/errors';
import type { GiteaIntegrationConfig } from '@backstage/integration';
import { requestJson } from './requestJson';
import type { CreateRepository, Repository, RepositoryHost } from './RepositoryHost';

/** Source: https://docs.gitea.com/api/ , seen with Gitea 1.26. */
export class GiteaHost implements RepositoryHost {
  readonly title = 'Gitea';
  readonly #config: GiteaIntegrationConfig;

  constructor(config: GiteaIntegrationConfig) {
    this.#config = config;
  }

  async create({
    owner,
    repo,
    description,
    visibility,
    defaultBranch,
  }: CreateRepository): Promise<Repository> {
    const base = (this.#config.baseUrl ?? `https://${this.#config.host}`).replace(/\/$/, '');
    const { username, password } = await this.credentials();
    await requestJson({
      title: this.title,
      url: `${base}/api/v1/orgs/${encodeURIComponent(owner)}/repos`,
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      },
      body: {
        name: repo,
        description,
        private: visibility !== 'public',
        default_branch: defaultBranch,
      },
    }).catch(error => {
      if (error.name !== 'NotFoundError') throw error;
      throw new NotFoundError(
        `Gitea knows no organisation ${owner}: repositories are created in organisations, not for users`,
        error,
      );
    });
    const page = `${base}/${owner}/${repo}`;
    return { remoteUrl: `${page}.git`, repoContentsUrl: `${page}/src/branch/${defaultBranch}/` };
  }

  async credentials() {
    const { host, username, password } = this.#config;
    if (!username || !password) {
      throw new InputError(
        `integrations.gitea for ${host} needs username and password (an access token will do)`,
      );
    }
    return { username, password };
  }
}
