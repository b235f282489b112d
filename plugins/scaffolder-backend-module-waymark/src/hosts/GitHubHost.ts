import { ConflictError, InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type GithubIntegrationConfig,
  type ScmIntegrations,
} from '@backstage/integration';
import { requestJson } from './requestJson';
import type { CreateRepository, Repository, RepositoryHost } from './RepositoryHost';

/** Source: https://docs.github.com/rest/repos/repos#create-an-organization-repository */
export class GitHubHost implements RepositoryHost {
  readonly title = 'GitHub';
  readonly #config: GithubIntegrationConfig;
  readonly #provider: DefaultGithubCredentialsProvider;
  readonly #owner: string;

  constructor(config: GithubIntegrationConfig, integrations: ScmIntegrations, owner: string) {
    this.#config = config;
    this.#provider = DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    this.#owner = owner;
  }

  async create({
    owner,
    repo,
    description,
    visibility,
    defaultBranch,
  }: CreateRepository): Promise<Repository> {
    const api = this.#config.apiBaseUrl ?? 'https://api.github.com';
    const headers = { authorization: `Bearer ${(await this.credentials()).password}` };
    const body = { name: repo, description, visibility, private: visibility !== 'public' };
    const { type, login } = await requestJson<{ type: string; login: string }>({
      title: this.title,
      url: `${api}/users/${encodeURIComponent(owner)}`,
      headers,
    });
    await requestJson({
      title: this.title,
      url:
        type === 'Organization'
          ? `${api}/orgs/${encodeURIComponent(login)}/repos`
          : `${api}/user/repos`,
      method: 'POST',
      headers,
      body,
    }).catch(error => {
      // 422 says that the name is taken, in words only.
      if (/already exists/.test(error.message)) throw new ConflictError(error.message, error);
      throw error;
    });
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
