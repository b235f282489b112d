import {
  AuthenticationError,
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

export interface JsonRequest {
  /** The host's name in messages. */
  readonly title: string;
  readonly url: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const TIMEOUT_MS = 20_000;

/** One call of a Git host's or Argo CD's API. Whatever goes wrong is an error that says at which host, and with its own words. */
export async function requestJson<T>({
  title,
  url,
  method = 'GET',
  headers,
  body,
}: JsonRequest): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
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
