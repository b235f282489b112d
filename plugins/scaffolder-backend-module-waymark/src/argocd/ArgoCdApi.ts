import { JsonApi } from '../api/JsonApi';
import type { ArgoCdApplication } from './ArgoCdApplication';

export interface ArgoCdApiOptions {
  readonly url: string;
  /** Where people open it, if that differs. */
  readonly externalUrl?: string;
  readonly token: string;
}

/** The two calls that creating an application needs. Every name that goes into a path is encoded. */
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

  /** Naming the project makes Argo CD answer 404 for a missing application instead of 403. */
  async find(project: string, name: string): Promise<ArgoCdApplication | undefined> {
    const path = `/applications/${encodeURIComponent(name)}?project=${encodeURIComponent(project)}`;
    return this.#api.get<ArgoCdApplication>(path).catch(error => {
      if (error.name === 'NotFoundError') return undefined;
      throw error;
    });
  }

  create(application: ArgoCdApplication) {
    return this.#api.post<ArgoCdApplication>('/applications', application);
  }

  pageOf({ metadata }: ArgoCdApplication) {
    return `${this.#externalUrl}/applications/${metadata.namespace ?? 'argocd'}/${metadata.name}`;
  }
}
