import { InputError } from '@backstage/errors';
import type { GitLabIntegrationConfig } from '@backstage/integration';
import { JsonApi } from '../api/JsonApi';
import { asConflict } from './asConflict';
import type {
  CreateRepository,
  Repository,
  RepositoryBranch,
  RepositoryHost,
} from './RepositoryHost';

/** Source: https://docs.gitlab.com/api/projects/#create-a-project */
export class GitLabHost implements RepositoryHost {
  readonly title = 'GitLab';
  readonly #config: GitLabIntegrationConfig;
  readonly #api: JsonApi;

  constructor(config: GitLabIntegrationConfig) {
    this.#config = config;
    this.#api = new JsonApi({
      title: this.title,
      baseUrl: config.apiBaseUrl,
      credentials: async () => ({ 'private-token': (await this.credentials()).password }),
    });
  }

  locate({ owner, repo, defaultBranch }: RepositoryBranch): Repository {
    const page = `${this.#config.baseUrl.replace(/\/$/, '')}/${owner}/${repo}`;
    return { remoteUrl: `${page}.git`, repoContentsUrl: `${page}/-/blob/${defaultBranch}/` };
  }

  async create(repository: CreateRepository): Promise<Repository> {
    const { owner, repo, description, visibility, defaultBranch } = repository;
    const { id } = await this.#api.get<{ id: number }>(`/namespaces/${encodeURIComponent(owner)}`);
    const project = {
      name: repo,
      path: repo,
      namespace_id: id,
      description,
      visibility,
      default_branch: defaultBranch,
    };
    await this.#api.post('/projects', project).catch(asConflict(/has already been taken/));
    return this.locate(repository);
  }

  async credentials() {
    const { host, token } = this.#config;
    if (!token) throw new InputError(`integrations.gitlab for ${host} needs a token`);
    return { username: 'oauth2', password: token };
  }
}
