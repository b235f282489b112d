import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Commit } from './Commit';
import { type Author, type FileChange } from './commitFiles';
import type { Branch } from './GitRepository';
import { HostedRepository } from './HostedRepository';
import type { Push, PushListener } from './Push';
import { refusedName } from './repositoryName';

export interface Organisation {
  id: number;
  name: string;
}

export interface NewRepository {
  owner: string;
  name: string;
  description?: string;
  private?: boolean;
  defaultBranch?: string;
  /** For a seed that wants to have been there for a while. */
  createdAt?: Date;
}

export interface NewFiles {
  branch?: string;
  message: string;
  changes: readonly FileChange[];
  author?: Author;
  at?: Date;
}

export type RepositoryChanges = Partial<{
  name: string;
  description: string;
  private: boolean;
  defaultBranch: string;
}>;

/** The repository is not there to be written: somebody has taken the name, or the owner does not exist. */
export class RepositoryRefused extends Error {
  constructor(
    readonly reason: 'taken' | 'no-owner' | 'bad-name',
    message: string,
  ) {
    super(message);
    this.name = 'RepositoryRefused';
  }
}

const keyOf = (owner: string, name: string): string => `${owner}/${name}`.toLowerCase();

/** All repositories of the host: bare ones at `<dir>/<organisation>/<name>.git`, found by name without regard to case. */
export class RepositoryStore {
  private readonly repositories = new Map<string, HostedRepository>();
  private readonly organisations = new Map<string, Organisation>();
  private readonly listeners = new Set<PushListener>();

  private constructor(
    readonly directory: string,
    private readonly now: () => Date,
  ) {}

  static async open(options: { dir: string; now: () => Date }): Promise<RepositoryStore> {
    const store = new RepositoryStore(options.dir, options.now);
    await mkdir(options.dir, { recursive: true });
    for (const owner of await readdir(options.dir)) {
      await store.addOrganisation(owner);
      for (const folder of await readdir(join(options.dir, owner))) {
        const repository = await HostedRepository.load(join(options.dir, owner, folder));
        if (repository) store.repositories.set(keyOf(owner, repository.record.name), repository);
      }
    }
    return store;
  }

  async addOrganisation(name: string): Promise<Organisation> {
    const known = this.organisation(name);
    if (known) throw new RepositoryRefused('taken', `user already exists [name: ${name}]`);
    const wrong = refusedName(name);
    if (wrong) throw new RepositoryRefused('bad-name', wrong);
    const organisation = { id: this.organisations.size + 2, name };
    this.organisations.set(name.toLowerCase(), organisation);
    await mkdir(join(this.directory, name.toLowerCase()), { recursive: true });
    return organisation;
  }

  organisation(name: string): Organisation | undefined {
    return this.organisations.get(name.toLowerCase());
  }

  get(owner: string, name: string): HostedRepository | undefined {
    return this.repositories.get(keyOf(owner, name));
  }

  list(owner?: string): HostedRepository[] {
    const all = [...this.repositories.values()].sort((a, b) => a.record.id - b.record.id);
    return owner
      ? all.filter(({ record }) => record.owner.toLowerCase() === owner.toLowerCase())
      : all;
  }

  async create(wanted: NewRepository): Promise<HostedRepository> {
    const organisation = this.organisation(wanted.owner);
    if (!organisation) {
      throw new RepositoryRefused(
        'no-owner',
        `user redirect does not exist [name: ${wanted.owner}]`,
      );
    }
    const wrong = refusedName(wanted.name);
    if (wrong) throw new RepositoryRefused('bad-name', wrong);
    const key = keyOf(wanted.owner, wanted.name);
    if (this.repositories.has(key)) {
      throw new RepositoryRefused('taken', 'The repository with the same name already exists.');
    }
    const created = rfc3339(wanted.createdAt ?? this.now());
    const ids = this.list().map(({ record }) => record.id);
    const directory = this.folderOf(wanted.owner, wanted.name);
    await mkdir(directory, { recursive: true });
    const repository = await HostedRepository.init(directory, {
      id: Math.max(0, ...ids) + 1,
      owner: organisation.name,
      name: wanted.name,
      description: wanted.description ?? '',
      private: wanted.private ?? false,
      defaultBranch: wanted.defaultBranch || 'main',
      createdAt: created,
      updatedAt: created,
    });
    this.repositories.set(key, repository);
    return repository;
  }

  /** Commits on top of the branch and tells listeners, as a push would. */
  async commit(repository: HostedRepository, files: NewFiles): Promise<Commit> {
    const { owner, name, defaultBranch } = repository.record;
    const commit = await this.watchRefs(repository, () =>
      repository.git.commit({
        branch: files.branch ?? defaultBranch,
        message: files.message,
        changes: files.changes,
        author: files.author ?? { name: owner, email: `${owner}@${name}.invalid` },
        at: files.at ?? this.now(),
      }),
    );
    return commit;
  }

  async remove(repository: HostedRepository): Promise<void> {
    const { owner, name } = repository.record;
    this.repositories.delete(keyOf(owner, name));
    await rm(repository.git.directory, { recursive: true, force: true });
  }

  /** Hears of every branch that moved, after it has. */
  onPush(listener: PushListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Runs something that may move branches, and tells listeners which did. */
  async watchRefs<T>(repository: HostedRepository, action: () => Promise<T>): Promise<T> {
    const before = await repository.git.branches();
    const result = await action();
    const after = await repository.git.branches();
    const pushes = movedRefs(before, after);
    if (pushes.length === 0) return result;
    const { owner, name, defaultBranch } = repository.record;
    const first = before.length === 0 && !after.some(branch => branch.name === defaultBranch);
    await repository.edit({
      updatedAt: rfc3339(this.now()),
      ...(first && { defaultBranch: after[0].name }),
    });
    for (const push of pushes) {
      for (const listener of this.listeners) listener({ owner, name, ...push });
    }
    return result;
  }

  private folderOf(owner: string, name: string): string {
    return join(this.directory, owner.toLowerCase(), `${name.toLowerCase()}.git`);
  }
}

const rfc3339 = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

function movedRefs(before: readonly Branch[], after: readonly Branch[]): Pick<Push, 'ref'>[] {
  const names = new Set([...before, ...after].map(({ name }) => name));
  return [...names].flatMap(name => {
    const was = before.find(branch => branch.name === name)?.sha;
    const is = after.find(branch => branch.name === name)?.sha;
    return was === is ? [] : [{ ref: `refs/heads/${name}`, before: was, after: is }];
  });
}
