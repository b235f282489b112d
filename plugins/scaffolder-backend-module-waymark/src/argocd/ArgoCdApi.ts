import { JsonApi } from '../api/JsonApi';
import type { ArgoCdApplication } from './ArgoCdApplication';

export interface ArgoCdApiOptions {
  readonly url: string;
  /** Where people open it, if that differs. */
  readonly externalUrl?: string;
  readonly token: string;
}

/** The calls that creating an application needs. Every name that goes into a path is encoded. */
export class ArgoCdApi {
  readonly #api: JsonApi;
  readonly #externalUrl: string;

  constructor({ url, externalUrl = url, token }: ArgoCdApiOptions) {
    this.#externalUrl = externalUrl.replace(/\/$/, '');
    this.#api = new JsonApi({
      title: 'Argo CD',
      baseUrl: `${url.replace(/\/$/, '')}/api/v1`,
      credentials: async () => ({ authorization: `Bearer ${token}` }),
    });
  }

  /**
   * The application of this name, in whatever project: names are unique over all of them. Naming the project makes Argo CD
   * answer 404 for a missing application instead of 403, which is then left to mean that the token may not read any.
   */
  async find(project: string, name: string): Promise<ArgoCdApplication | undefined> {
    const path = `/applications/${encodeURIComponent(name)}`;
    const inProject = `${path}?project=${encodeURIComponent(project)}`;
    return (
      (await this.#api.get<ArgoCdApplication>(inProject).catch(absentFor('NotFoundError'))) ??
      (await this.#api
        .get<ArgoCdApplication>(path)
        .catch(absentFor('NotFoundError', 'NotAllowedError')))
    );
  }

  /** Names of the projects that the token may read. */
  async projects(): Promise<readonly string[]> {
    type Projects = { readonly items: readonly { metadata: { name: string } }[] | null };
    const { items } = await this.#api.get<Projects>('/projects');
    return (items ?? []).map(({ metadata }) => metadata.name);
  }

  create(application: ArgoCdApplication) {
    return this.#api.post<ArgoCdApplication>('/applications', application);
  }

  pageOf({ metadata }: ArgoCdApplication) {
    return `${this.#externalUrl}/applications/${metadata.namespace ?? 'argocd'}/${metadata.name}`;
  }
}

const absentFor =
  (...names: readonly string[]) =>
  (error: Error): undefined => {
    if (!names.includes(error.name)) throw error;
  };
