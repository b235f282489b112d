import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type GithubIntegrationConfig,
  type ScmIntegrations,
} from '@backstage/integration';
import { JsonApi } from '../api/JsonApi';
import { asConflict } from './asConflict';
import type { CreateRepository, Repository, RepositoryHost } from './RepositoryHost';

/** Source: https://docs.github.com/rest/repos/repos#create-an-organization-repository */
export class GitHubHost implements RepositoryHost {
  readonly title = 'GitHub';
  readonly #config: GithubIntegrationConfig;
  readonly #provider: DefaultGithubCredentialsProvider;
  readonly #owner: string;
  readonly #api: JsonApi;

  constructor(config: GithubIntegrationConfig, integrations: ScmIntegrations, owner: string) {
    this.#config = config;
    this.#provider = DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    this.#owner = owner;
    this.#api = new JsonApi({
      title: this.title,
      baseUrl: config.apiBaseUrl ?? 'https://api.github.com',
      credentials: async () => ({ authorization: `Bearer ${(await this.credentials()).password}` }),
    });
  }

  async create(repository: CreateRepository): Promise<Repository> {
    const { owner, repo, description, visibility, defaultBranch } = repository;
    const { type, login } = await this.#api.get<{ type: string; login: string }>(
      `/users/${encodeURIComponent(owner)}`,
    );
    const body = { name: repo, description, visibility, private: visibility !== 'public' };
    const path = type === 'Organization' ? `/orgs/${encodeURIComponent(login)}` : '/user';
    // 422 says that the name is taken, in words only.
    await this.#api.post(`${path}/repos`, body).catch(asConflict(/already exists/));
    const page = `https://${this.#config.host}/${owner}/${repo}`;
    return { remoteUrl: `${page}.git`, repoContentsUrl: `${page}/blob/${defaultBranch}/` };
  }

  async credentials() {
    const { host } = this.#config;
    const { token } = await this.#provider.getCredentials({
      url: `https://${host}/${this.#owner}`,
    });
    if (!token)
      throw new InputError(
        `integrations.github for ${host} needs a token, or an app that is installed at ${this.#owner}`,
      );
    return { username: 'x-access-token', password: token };
  }
}
