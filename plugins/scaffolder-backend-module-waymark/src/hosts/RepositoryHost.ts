export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

export interface RepositoryBranch extends RepositoryName {
  readonly defaultBranch: string;
}

export interface CreateRepository extends RepositoryBranch {
  readonly description: string;
  readonly visibility: 'public' | 'private' | 'internal';
}

/** What of a repository the steps after it need. */
export interface Repository {
  /** Ends in `.git`. */
  readonly remoteUrl: string;
  /** Page of the default branch's root, with a slash at the end, so that files resolve against it. */
  readonly repoContentsUrl: string;
}

export type GitCredentials = { username: string; password: string };

/** One kind of Git host. */
export interface RepositoryHost {
  readonly title: string;
  /** Where a repository would be once it is created. Asks nobody. */
  locate(repository: RepositoryBranch): Repository;
  /** Creates an empty repository. A ConflictError means that the name is taken. */
  create(repository: CreateRepository): Promise<Repository>;
  credentials(): Promise<GitCredentials>;
  /** For hosts whose API knows a first push only some time after it: ends when the API can read it. */
  untilReadable?(repository: RepositoryName): Promise<void>;
}
