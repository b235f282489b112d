import { requestJson } from '../hosts/requestJson';
import type { ArgoCdApplication } from './ArgoCdApplication';

export interface ArgoCdApiOptions {
  readonly url: string;
  /** Where people open it, if that differs. */
  readonly externalUrl?: string;
  readonly token: string;
}

/** The two calls that creating an application needs. Every name that goes into a path is encoded. */
export class ArgoCdApi {
  readonly #url: string;
  readonly #externalUrl: string;
  readonly #token: string;

  constructor({ url, externalUrl = url, token }: ArgoCdApiOptions) {
    this.#url = url.replace(/\/$/, '');
    this.#externalUrl = externalUrl.replace(/\/$/, '');
    this.#token = token;
  }

  /** Naming the project makes Argo CD answer 404 for a missing application instead of 403. */
  async find(project: string, name: string): Promise<ArgoCdApplication | undefined> {
    const query = `?project=${encodeURIComponent(project)}`;
    return this.#request<ArgoCdApplication>(
      'GET',
      `/api/v1/applications/${encodeURIComponent(name)}${query}`,
    ).catch(error => {
      if (error.name === 'NotFoundError') return undefined;
      throw error;
    });
  }

  create(application: ArgoCdApplication) {
    return this.#request<ArgoCdApplication>('POST', '/api/v1/applications', application);
  }

  pageOf({ metadata }: ArgoCdApplication) {
    return `${this.#externalUrl}/applications/${metadata.namespace ?? 'argocd'}/${metadata.name}`;
  }

  #request<T>(method: string, path: string, body?: unknown) {
    return requestJson<T>({
      title: 'Argo CD',
      url: `${this.#url}${path}`,
      method,
      headers: { authorization: `Bearer ${this.#token}` },
      body,
    });
  }
}
