import {
  AuthenticationError,
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

export interface JsonApiOptions {
  /** Its name in messages. */
  readonly title: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The headers that say who calls, asked for at every call: a token may expire. */
  readonly credentials: () => Promise<Readonly<Record<string, string>>>;
}

const TIMEOUT_MS = 20_000;

/** The API of a Git host or of Argo CD. Whatever goes wrong is an error that says at which of them, and with its own words. */
export class JsonApi {
  readonly #options: JsonApiOptions;

  constructor(options: JsonApiOptions) {
    this.#options = options;
  }

  get<T>(path: string): Promise<T> {
    return this.#request('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.#request('POST', path, body);
  }

  async #request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { title, baseUrl, credentials } = this.#options;
    const url = `${baseUrl}${path}`;
    const json = { 'content-type': 'application/json', accept: 'application/json' };
    const response = await fetch(url, {
      method,
      headers: { ...json, ...(await credentials()) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(error => {
      const reason = error.cause?.code ?? error.message;
      throw new ServiceUnavailableError(
        `${title} at ${new URL(url).host} does not answer (${reason}): retry when it is back`,
        error,
      );
    });
    const text = await response.text();
    if (response.ok) return (text ? JSON.parse(text) : undefined) as T;
    throw errorOf(
      response.status,
      `${title} at ${new URL(url).host} answered ${response.status}: ${messageOf(text)}`,
    );
  }
}

function messageOf(text: string): string {
  try {
    const { message, error, errors } = JSON.parse(text) as {
      message?: unknown;
      error?: unknown;
      errors?: unknown;
    };
    const parts = [message ?? error, errors]
      .filter(Boolean)
      .map(part => (typeof part === 'string' ? part : JSON.stringify(part)));
    return parts.join(' ') || text.slice(0, 300);
  } catch {
    return text.slice(0, 300) || 'no message';
  }
}

function errorOf(status: number, message: string): Error {
  switch (status) {
    case 401:
      return new AuthenticationError(message);
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    default:
      return status >= 500 ? new ServiceUnavailableError(message) : new Error(message);
  }
}
