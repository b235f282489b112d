import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Answer, type Json, valueAt } from '../Answer';
import { eventually } from '../eventually';
import { call as callGitea, withRepository } from '../gitea/GiteaTarget';
import { hasEnded } from './applicationState';
import { type ArgoCdTarget, call, type ObjectRef } from './ArgoCdTarget';

/**
 * One application with a repository and a namespace of its own.
 *
 * Argo CD answers from a cache that lags behind what was asked for a moment ago. What a case waits for must therefore not
 * hold of the state before: it names the revision, the operation or the number of deployments that it means.
 */
export class Stage {
  private constructor(
    readonly target: ArgoCdTarget,
    /** Name of the application, and of its namespace. */
    readonly name: string,
    private readonly repository: string,
  ) {}

  /** Runs something on a stage with these files in its repository; nothing of it is left afterwards. */
  static async open(
    target: ArgoCdTarget,
    files: Readonly<Record<string, string>>,
    use: (stage: Stage) => Promise<void>,
  ): Promise<void> {
    const name = `contract-${randomUUID().slice(0, 8)}`;
    await withRepository(target.git, { auto_init: true }, async repository => {
      const stage = new Stage(target, name, repository);
      for (const [path, content] of Object.entries(files)) await stage.commit(path, content);
      try {
        await use(stage);
      } finally {
        await stage.call('', { method: 'DELETE' });
      }
    });
  }

  /** An Application that deploys the folder, ready to be created. */
  application(path: string, spec: Json = {}): Json {
    const { git } = this.target;
    return {
      metadata: { name: this.name },
      spec: {
        project: 'default',
        source: {
          repoURL: `${git.url}/${git.org}/${this.repository}.git`,
          path,
          targetRevision: 'main',
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: this.name },
        syncPolicy: { syncOptions: ['CreateNamespace=true'] },
        ...spec,
      },
    };
  }

  create(application: Json, query = ''): Promise<Answer> {
    return call(this.target, `/applications${query}`, { method: 'POST', body: application });
  }

  /** Calls something of the application, as `/sync`. */
  call(path: string, options?: Parameters<typeof call>[2]): Promise<Answer> {
    return call(this.target, `/applications/${this.name}${path}`, options);
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.call(path, { method: 'POST', body });
  }

  ref(kind: 'ConfigMap' | 'Service', name: string): ObjectRef {
    return { apiVersion: 'v1', kind, namespace: this.name, name };
  }

  /** Commits one file, or its removal if there is no content, and returns the revision. */
  async commit(path: string, content?: string): Promise<string> {
    const { git } = this.target;
    const at = `/repos/${git.org}/${this.repository}/contents/${path}`;
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
    return String(answer.at('commit.sha'));
  }

  /** Asks until the condition holds of the application. */
  until(what: string, holds: (application: Json) => boolean | Promise<boolean>): Promise<Json> {
    const read = async () => (await this.call('')).json;
    return eventually(what, read, app => Boolean(app.metadata) && holds(app));
  }

  /** Asks for a comparison, and waits for that of the revision. */
  async compare(revision: string): Promise<Json> {
    await this.call('?refresh=normal');
    return this.until(
      `compared at ${revision}`,
      app => valueAt(app, 'status.sync.revision') === revision,
    );
  }

  /** Asks for a sync and waits until that very operation, told by its mark, has ended. */
  async sync(request: Json = {}): Promise<Json> {
    const infos = [{ name: 'contract', value: randomUUID() }];
    const begun = await this.post('/sync', { ...request, infos });
    assert.equal(begun.status, 200, begun.text);
    return this.until(
      'at the end of its sync',
      app =>
        hasEnded(app) &&
        isDeepStrictEqual(valueAt(app, 'status.operationState.operation.info'), infos),
    );
  }

  /** A missing application is hidden behind 403. */
  async untilGone(): Promise<void> {
    const read = async () => (await this.call('')).status;
    await eventually('gone', read, status => status === 403);
  }
}
