import {
  AuthenticationError,
  ConflictError,
  ForwardedError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

export interface ApiClientOptions {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
}

/** No call of the Argo CD API waits longer for its answer to begin. */
const TIMEOUT_MS = 15_000;

/** The Argo CD API under one token. Every name that goes into a path is encoded; paths are written here and nowhere else. */
export class ApiClient {
  readonly #options: ApiClientOptions;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /**
   * Names, namespaces and states only: what a full list may cost. The server knows a fixed set of fields here and leaves
   * others out without a word (`status.health.status` among them; argo-cd forwarder_overwrite.go, appFields).
   */
  list(signal: AbortSignal) {
    const query = LIST_FIELDS.map(field => `items.${field}`).join(',');
    return this.#json<{ items?: unknown[] | null }>(`/api/v1/applications?fields=${query}`, {
      signal,
    });
  }

  /** Without its project, which a thin list does not tell: for applications that are known to exist. */
  get({ name, namespace }: Pick<ApplicationName, 'name' | 'namespace'>, signal: AbortSignal) {
    const query = new URLSearchParams({ appNamespace: namespace });
    return this.#json<unknown>(`/api/v1/applications/${encodeURIComponent(name)}?${query}`, {
      signal,
    });
  }

  /** The stream of all applications as server-sent events; it begins with every one of them as ADDED. */
  async stream(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const fields = STREAM_FIELDS.map(field => `result.application.${field}`);
    const query = ['result.type', ...fields].join(',');
    const response = await this.#request(`/api/v1/stream/applications?fields=${query}`, {
      headers: { accept: 'text/event-stream' },
      signal,
    });
    if (!response.body) throw new ServiceUnavailableError('Argo CD closed the stream at once');
    return response.body;
  }

  revision({ name, namespace, project }: ApplicationName, revision: string, signal: AbortSignal) {
    const query = new URLSearchParams({ appNamespace: namespace, project });
    return this.#json<{ author?: string; message?: string }>(
      `/api/v1/applications/${encodeURIComponent(name)}/revisions/${encodeURIComponent(revision)}/metadata?${query}`,
      { signal },
    );
  }

  sync({ name, namespace, project }: ApplicationName, body: Record<string, unknown>) {
    return this.#json<unknown>(`/api/v1/applications/${encodeURIComponent(name)}/sync`, {
      method: 'POST',
      body: JSON.stringify({ ...body, name, appNamespace: namespace, project }),
    });
  }

  async #json<T>(path: string, init: RequestInit = {}): Promise<T> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const response = await this.#request(path, { ...init, signal });
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw new ForwardedError('what answers is not Argo CD: its answer is no JSON', error);
    }
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    const { url, token, fetch: request } = this.#options;
    const response = await request(`${url}${path}`, {
      ...init,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...init.headers,
      },
    }).catch(error => {
      throw new ServiceUnavailableError(
        `Argo CD does not answer: ${error.cause?.code ?? error.message}`,
        error,
      );
    });
    if (response.ok) return response;
    throw refusal(response.status, await response.text().catch(() => ''));
  }
}

export interface ApplicationName {
  readonly name: string;
  readonly namespace: string;
  readonly project: string;
}

const LIST_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'status.sync.status',
  'status.health',
  'status.operationState.phase',
  'status.operationState.startedAt',
];

/** Inline Helm values lie in spec.source.helm, which is therefore not asked for. */
const STREAM_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.resourceVersion',
  'metadata.labels',
  'metadata.annotations',
  'spec.project',
  'spec.source.repoURL',
  'spec.source.path',
  'spec.source.chart',
  'spec.source.targetRevision',
  'spec.sources',
  'spec.destination',
  'spec.syncPolicy',
  'status.sync',
  'status.health',
  'status.conditions',
  'status.summary.images',
  'status.reconciledAt',
  'status.history',
  'status.operationState',
];

/** Whether this may not be read or is not there: asking again brings nothing else. */
export const isRefused = (error: unknown) =>
  error instanceof NotAllowedError || error instanceof NotFoundError;

/** Argo CD answers in gRPC's form, `{ error, code, message }`. */
function refusal(status: number, text: string): Error {
  const message = `Argo CD answered ${status}: ${messageIn(text)}`;
  if (status === 401) return new AuthenticationError(message);
  if (status === 403) return new NotAllowedError(message);
  if (status === 404) return new NotFoundError(message);
  if (status === 400 || status === 409) return new ConflictError(message);
  return new ServiceUnavailableError(message);
}

function messageIn(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { message?: string; error?: string };
    return message ?? error ?? 'no message';
  } catch {
    return text.slice(0, 200) || 'no message';
  }
}
