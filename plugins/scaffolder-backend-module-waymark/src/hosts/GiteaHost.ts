import { setTimeout as sleep } from 'node:timers/promises';
import { InputError, NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { GiteaIntegrationConfig } from '@backstage/integration';
import { JsonApi } from '../api/JsonApi';
import type {
  CreateRepository,
  Repository,
  RepositoryBranch,
  RepositoryHost,
  RepositoryName,
} from './RepositoryHost';

const POLL_MS = 100;
/** Usually it takes less than half a second. */
const READABLE_WITHIN_MS = 30_000;

/** Source: https://docs.gitea.com/api/ , seen with Gitea 1.26. */
export class GiteaHost implements RepositoryHost {
  readonly title = 'Gitea';
  readonly #config: GiteaIntegrationConfig;

  readonly #base: string;
  readonly #api: JsonApi;

  constructor(config: GiteaIntegrationConfig) {
    this.#config = config;
    this.#base = (config.baseUrl ?? `https://${config.host}`).replace(/\/$/, '');
    this.#api = new JsonApi({
      title: this.title,
      baseUrl: `${this.#base}/api/v1`,
      credentials: async () => {
        const { username, password } = await this.credentials();
        const basic = Buffer.from(`${username}:${password}`).toString('base64');
        return { authorization: `Basic ${basic}` };
      },
    });
  }

  locate({ owner, repo, defaultBranch }: RepositoryBranch): Repository {
    const page = `${this.#base}/${owner}/${repo}`;
    return { remoteUrl: `${page}.git`, repoContentsUrl: `${page}/src/branch/${defaultBranch}/` };
  }

  async create(repository: CreateRepository): Promise<Repository> {
    const { owner, repo, description, visibility, defaultBranch } = repository;
    const body = {
      name: repo,
      description,
      private: visibility !== 'public',
      default_branch: defaultBranch,
    };
    await this.#api.post(`/orgs/${encodeURIComponent(owner)}/repos`, body).catch(error => {
      if (error.name !== 'NotFoundError') throw error;
      throw new NotFoundError(
        `Gitea knows no organisation ${owner}: repositories are created in organisations, not for users`,
        error,
      );
    });
    return this.locate(repository);
  }

  /**
   * Gitea takes note of a first push in a queue. Until then the repository counts as empty, and asking for one of its
   * files is answered by 500: seen with 1.26, where the catalog refused to register what had just been pushed.
   */
  async untilReadable({ owner, repo }: RepositoryName): Promise<void> {
    const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`;
    for (let waited = 0; waited < READABLE_WITHIN_MS; waited += POLL_MS) {
      const { empty } = await this.#api.get<{ empty?: boolean }>(path);
      if (!empty) return;
      await sleep(POLL_MS);
    }
    throw new ServiceUnavailableError(
      `Gitea at ${this.#config.host} still calls ${owner}/${repo} empty after the push: retry later`,
    );
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
