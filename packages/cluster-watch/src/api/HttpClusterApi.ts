import { fetch as undiciFetch, type RequestInit, type Response } from 'undici';
import { systemClock, type Clock } from '../clock';
import type { ClusterCredentials, CredentialSource } from '../credentials/ClusterCredentials';
import type { ClusterTarget } from '../targets/ClusterTarget';
import { ApiError } from './ApiFailure';
import { apiRequestOf, type RequestRecorder } from './ApiRequest';
import type { ClusterApi } from './ClusterApi';
import { ClusterAgent } from './ClusterAgent';
import { Deadline } from './Deadline';
import { failureOfStatus, type ApiStatus } from './failureOfStatus';
import { readLines } from './readLines';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpClusterApiOptions {
  readonly target: Pick<ClusterTarget, 'url' | 'tls'>;
  readonly credentials: CredentialSource;
  readonly clock?: Clock;
  readonly fetch?: Fetch;
  readonly record?: RequestRecorder;
}

interface RequestLimits {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Speaks to one API server over its own connections and renews refused credentials once. */
export class HttpClusterApi implements ClusterApi {
  readonly #url: string;
  readonly #agent: ClusterAgent;
  readonly #credentials: CredentialSource;
  readonly #clock: Clock;
  readonly #fetch: Fetch;
  readonly #record: RequestRecorder;
  /** Those of the last request, until the server refuses them. */
  #accepted?: ClusterCredentials;

  constructor({
    target,
    credentials,
    clock = systemClock,
    fetch = undiciFetch,
    record = () => undefined,
  }: HttpClusterApiOptions) {
    this.#url = target.url.replace(/\/+$/, '');
    this.#agent = new ClusterAgent(target.tls);
    this.#credentials = credentials;
    this.#clock = clock;
    this.#fetch = fetch;
    this.#record = record;
  }

  async get(path: string, { signal, timeoutMs }: RequestLimits): Promise<unknown> {
    const deadline = new Deadline(this.#clock, timeoutMs, signal);
    try {
      const response = await this.#send(path, deadline.signal);
      return JSON.parse(await response.text());
    } catch (error) {
      throw deadline.explain(error);
    } finally {
      deadline.release();
    }
  }

  async lines(path: string, { signal, timeoutMs }: RequestLimits) {
    const deadline = new Deadline(this.#clock, timeoutMs, signal);
    try {
      const { body } = await this.#send(path, deadline.signal);
      deadline.met();
      return until(deadline, readLines(body ?? emptyBody()));
    } catch (error) {
      deadline.release();
      throw deadline.explain(error);
    }
  }

  close() {
    return this.#agent.close();
  }

  async #send(path: string, signal: AbortSignal): Promise<Response> {
    const credentials = await this.#current();
    const response = await this.#request(path, credentials, signal);
    if (response.status !== 401) return accepted(response);
    // Of many requests refused together only the first asks for new credentials; the others share them.
    if (this.#accepted && sameCredentials(this.#accepted, credentials)) {
      this.#accepted = undefined;
      this.#credentials.invalidate();
    }
    const renewed = await this.#current();
    if (sameCredentials(credentials, renewed)) return accepted(response);
    await response.body?.cancel();
    return accepted(await this.#request(path, renewed, signal));
  }

  async #current(): Promise<ClusterCredentials> {
    try {
      this.#accepted = await this.#credentials.get();
      return this.#accepted;
    } catch (error) {
      const message = `no credentials for the cluster: ${(error as Error).message}`;
      throw new ApiError({ type: 'credentials', message }, { cause: error });
    }
  }

  async #request(path: string, credentials: ClusterCredentials, signal: AbortSignal) {
    const { bearerToken } = credentials;
    const dispatcher = await this.#agent.dispatcherFor(credentials);
    let code: number | undefined;
    try {
      const response = await this.#fetch(`${this.#url}${path}`, {
        headers: {
          accept: 'application/json',
          'user-agent': 'waymark',
          ...(bearerToken && { authorization: `Bearer ${bearerToken}` }),
        },
        // An API server does not redirect; whatever does must not be followed with our token.
        redirect: 'manual',
        dispatcher,
        signal,
      });
      code = response.status;
      return response;
    } finally {
      this.#record({ ...apiRequestOf(path), ...(code && { code }) });
    }
  }
}

async function accepted(response: Response): Promise<Response> {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  if (response.ok && isJson) return response;
  if (response.status >= 400) {
    const status = isJson ? ((await response.json()) as ApiStatus) : undefined;
    if (!isJson) await response.body?.cancel();
    throw new ApiError(
      failureOfStatus(response.status, status, response.headers.get('retry-after')),
    );
  }
  await response.body?.cancel();
  const type = response.headers.get('content-type')?.split(';')[0] ?? 'no content type';
  throw new ApiError({
    type: 'malformed',
    message: `answered ${response.status} with ${type} instead of JSON: something else than an API server listens there`,
  });
}

async function* until<T>(deadline: Deadline, source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw deadline.explain(error);
  } finally {
    deadline.release();
  }
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

const sameCredentials = (a: ClusterCredentials, b: ClusterCredentials) =>
  a.bearerToken === b.bearerToken && a.clientCertificate?.cert === b.clientCertificate?.cert;
