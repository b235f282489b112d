import { Answer, type Json } from '../Answer';
import type { GiteaTarget } from '../gitea/GiteaTarget';

export interface ObjectRef {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
}

export interface ArgoCdTarget {
  url: string;
  /** Bearer token of an account that may do everything with applications. */
  token: string;
  /** An account that can sign in by password. */
  login: { user: string; password: string };
  /** A Git host that Argo CD can read from. */
  git: GiteaTarget;
  /** The live object, read from the cluster itself; undefined when there is none. */
  read: (ref: ObjectRef) => Promise<Json | undefined>;
  /** Merges into the live object, as a person with kubectl would. */
  patch: (ref: ObjectRef, change: Json) => Promise<void>;
}

export interface Call {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls the API under `/api/v1` with the token; `application/json` is sent with everything, as Argo CD demands. */
export function call(target: ArgoCdTarget, path: string, options: Call = {}): Promise<Answer> {
  const { method = 'GET', body, headers = {} } = options;
  return Answer.to(`${target.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${target.token}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
