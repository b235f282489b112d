import { InputError, NotAllowedError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type GithubIntegrationConfig,
  type ScmIntegrations,
} from '@backstage/integration';
import { JsonApi } from '../api/JsonApi';
import { asConflict } from './asConflict';
import type {
  CreateRepository,
  Repository,
  RepositoryBranch,
  RepositoryHost,
} from './RepositoryHost';

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

  locate({ owner, repo, defaultBranch }: RepositoryBranch): Repository {
    return at(`https://${this.#config.host}/${owner}/${repo}`, defaultBranch);
  }

  async create(repository: CreateRepository): Promise<Repository> {
    const { owner, repo, description, visibility, defaultBranch } = repository;
    const body = { name: repo, description, visibility, private: visibility !== 'public' };
    const created = await this.#api
      .post<{ clone_url: string; html_url: string }>(`${await this.#placeOf(owner)}/repos`, body)
      // 422 says that the name is taken, in words only.
      .catch(asConflict(/already exists/));
    return at(created.html_url, defaultBranch, created.clone_url);
  }

  /** For a person, GitHub creates under whatever account the token belongs to, whoever was meant: refused before it does. */
  async #placeOf(owner: string): Promise<string> {
    const { type, login } = await this.#api.get<{ type: string; login: string }>(
      `/users/${encodeURIComponent(owner)}`,
    );
    if (type === 'Organization') return `/orgs/${encodeURIComponent(login)}`;
    const account = await this.#api.get<{ login: string }>('/user').catch(error => {
      if (error.name !== 'NotAllowedError') throw error;
      throw new NotAllowedError(
        `owner: ${login} is a person on ${this.#config.host}, and the portal's credentials are no person's: name an organisation`,
        error,
      );
    });
    if (account.login === login) return '/user';
    throw new InputError(
      `owner: ${login} is a person on ${this.#config.host}, and the portal's token belongs to ${account.login}: name an organisation, or configure a token of ${login} in integrations.github`,
    );
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

const at = (page: string, branch: string, remoteUrl = `${page}.git`): Repository => ({
  remoteUrl,
  repoContentsUrl: `${page}/blob/${branch}/`,
});
