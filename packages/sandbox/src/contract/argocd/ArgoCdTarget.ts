import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Answer, type Json, valueAt } from '../Answer';
import { call as callGitea, type GiteaTarget, withRepository } from '../gitea/GiteaTarget';

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

export interface Stage {
  /** Name of the application, and of its namespace. */
  name: string;
  target: ArgoCdTarget;
  /** An Application that deploys the folder, ready to be created. */
  application: (folder: string, spec?: Json) => Json;
  /** Commits one file; without content it is removed. */
  commit: (path: string, content?: string) => Promise<void>;
  get: (query?: string) => Promise<Json>;
  /** Asks until the condition holds of the application. */
  until: (what: string, holds: (application: Json) => boolean | Promise<boolean>) => Promise<Json>;
  ref: (kind: 'ConfigMap' | 'Service', name: string) => ObjectRef;
}

/** Runs something with a repository of its own and a name for an application, both gone afterwards. */
export async function onStage(
  target: ArgoCdTarget,
  files: Readonly<Record<string, string>>,
  use: (stage: Stage) => Promise<void>,
): Promise<void> {
  const name = `contract-${randomUUID().slice(0, 8)}`;
  await withRepository(target.git, { auto_init: true }, async repository => {
    const stage = createStage(target, name, repository);
    for (const [path, content] of Object.entries(files)) await stage.commit(path, content);
    try {
      await use(stage);
    } finally {
      await call(target, `/applications/${name}`, { method: 'DELETE' });
    }
  });
}

function createStage(target: ArgoCdTarget, name: string, repository: string): Stage {
  const { git } = target;
  const contents = `/repos/${git.org}/${repository}/contents`;
  const get = async (query = '') => (await call(target, `/applications/${name}${query}`)).json;
  return {
    name,
    target,
    get,
    application: (path, spec = {}) => ({
      metadata: { name },
      spec: {
        project: 'default',
        source: {
          repoURL: `${git.url}/${git.org}/${repository}.git`,
          path,
          targetRevision: 'main',
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: name },
        syncPolicy: { syncOptions: ['CreateNamespace=true'] },
        ...spec,
      },
    }),
    async commit(path, content) {
      const at = `${contents}/${path}`;
      const existing = await callGitea(git, `${at}?ref=main`);
      const sha = existing.status === 200 ? existing.json.sha : undefined;
      const body = {
        branch: 'main',
        message: `Change ${path}`,
        ...(sha ? { sha } : {}),
        ...(content !== undefined && { content: Buffer.from(content).toString('base64') }),
      };
      const write = sha ? 'PUT' : 'POST';
      const method = content === undefined ? 'DELETE' : write;
      const answer = await callGitea(git, at, { method, body });
      assert.ok(answer.status < 300, `cannot commit ${path}: ${answer.text}`);
    },
    async until(what, holds) {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const application = await get();
        if (application.metadata && (await holds(application))) return application;
        await sleep(100);
      }
      const { status } = await get();
      throw new assert.AssertionError({ message: `never ${what}: ${JSON.stringify(status)}` });
    },
    ref: (kind, object) => ({ apiVersion: 'v1', kind, namespace: name, name: object }),
  };
}

export const isSynced = (application: Json): boolean =>
  valueAt(application, 'status.sync.status') === 'Synced';

/** The last operation has ended and none is asked for: right after a request the state is still that of the one before. */
export const hasEnded = (application: Json): boolean =>
  valueAt(application, 'operation') === undefined &&
  ['Succeeded', 'Failed', 'Error'].includes(
    String(valueAt(application, 'status.operationState.phase')),
  );

export const automated = (options: Json = {}): Json => ({
  syncPolicy: { automated: options, syncOptions: ['CreateNamespace=true'] },
});

export const configMap = (name: string, value: string): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { key: value } });

export const service = (name: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  });
