import { randomUUID } from 'node:crypto';
import { Answer } from '../Answer';

export interface GiteaTarget {
  url: string;
  user: string;
  password: string;
  /** An organisation in which the user may create repositories. */
  org: string;
}

export interface Call {
  method?: string;
  body?: unknown;
  /** Left out: the target's account. `null`: nobody. */
  authorization?: string | null;
}

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Calls the API v1. */
export function call(target: GiteaTarget, path: string, options: Call = {}): Promise<Answer> {
  const { method = 'GET', body, authorization = basic(target.user, target.password) } = options;
  return Answer.to(`${target.url}/api/v1${path}`, {
    method,
    headers: {
      ...(authorization !== null && { authorization }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

export interface RepositoryOptions {
  private?: boolean;
  auto_init?: boolean;
  default_branch?: string;
}

/** Runs something with a repository of its own, which is gone afterwards. */
export async function withRepository(
  target: GiteaTarget,
  options: RepositoryOptions,
  use: (name: string, path: string, created: Answer) => Promise<void>,
): Promise<void> {
  const name = `contract-${randomUUID().slice(0, 8)}`;
  const created = await call(target, `/orgs/${target.org}/repos`, {
    method: 'POST',
    body: { name, ...options },
  });
  try {
    await use(name, `/repos/${target.org}/${name}`, created);
  } finally {
    await call(target, `/repos/${target.org}/${name}`, { method: 'DELETE' });
  }
}
