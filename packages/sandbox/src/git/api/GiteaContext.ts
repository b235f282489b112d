import type { Request, Response } from 'express';
import type { Caller, Credentials } from '../Credentials';
import { filePath } from '../filePath';
import type { HostedRepository } from '../HostedRepository';
import type { RepositoryStore } from '../RepositoryStore';
import { GiteaError, invalid, notFound, tokenRequired } from './GiteaError';
import type { GiteaLinks, Revision } from './GiteaLinks';
import { repositoryJson } from './repositoryJson';

/** What the handlers of the API share: who asks, and what the address names. */
export class GiteaContext {
  constructor(
    readonly store: RepositoryStore,
    readonly credentials: Credentials,
    readonly links: GiteaLinks,
  ) {}

  callerOf(request: Request): Caller {
    return this.credentials.callerOf(request.get('authorization'));
  }

  isWriter(request: Request): boolean {
    return this.callerOf(request) === 'user';
  }

  requireWriter(request: Request): void {
    if (!this.isWriter(request)) throw tokenRequired();
  }

  /** A private repository is not there for those who may not see it. */
  repository(request: Request): HostedRepository {
    const { owner, repo } = request.params;
    const repository = this.store.get(owner, repo);
    if (!repository || (repository.record.private && !this.isWriter(request))) throw notFound();
    return repository;
  }

  /** The `ref` that the query names, or the default branch, with its commit. */
  async revision(
    { record, git }: HostedRepository,
    ref: unknown,
  ): Promise<{ revision: Revision; commit: string }> {
    const name = typeof ref === 'string' && ref !== '' ? ref : record.defaultBranch;
    const commit = await git.resolve(name);
    if (!commit) {
      throw notFound('not found', `object does not exist [id: ${name}, rel_path: ]`);
    }
    const branches = await git.branches();
    const kind = branches.some(branch => branch.name === name) ? 'branch' : 'commit';
    return { revision: { kind, name }, commit };
  }

  pathOf(request: Request): string {
    const given = request.params[0] ?? '';
    const path = filePath(given);
    if (path === undefined) {
      throw invalid(`path contains a malformed path component [path: ${given}]`);
    }
    return path;
  }

  async sendRepository(
    request: Request,
    response: Response,
    repository: HostedRepository,
    status = 200,
  ): Promise<void> {
    response.status(status).json(await this.describe(request, repository));
  }

  describe(request: Request, repository: HostedRepository): ReturnType<typeof repositoryJson> {
    const ownerId = this.store.organisation(repository.record.owner)?.id ?? 0;
    return repositoryJson(repository, {
      links: this.links,
      ownerId,
      writer: this.isWriter(request),
    });
  }
}

/** Gitea reads a JSON object or nothing. */
export function bodyOf(request: Request): Record<string, unknown> {
  const { body } = request;
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new GiteaError(422, '[]: json: cannot unmarshal into an object');
  }
  return body;
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
