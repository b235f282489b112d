import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Commit } from '../../git/Commit';
import { GitRepository } from '../../git/GitRepository';
import { GitError, runGit } from '../../git/runGit';
import { SharedRuns } from './SharedRuns';
import { SourceError } from './SourceError';

export interface RepositoryCredentials {
  /** Only repositories below this address get to see the account. */
  url: string;
  user: string;
  password: string;
}

const FETCH_TIMEOUT_MS = 30_000;

/**
 * Mirrors of the repositories that applications deploy from, fetched over HTTP as any client does, and the files of
 * single commits.
 */
export class Repositories {
  private readonly fetches = new SharedRuns();
  private readonly mirrored = new Set<string>();
  private readonly trees = new Map<string, Promise<string>>();

  private constructor(
    private readonly directory: string,
    private readonly credentials: RepositoryCredentials | undefined,
  ) {}

  /** Everything in the folder is a copy, made anew by each process. */
  static async create(options: {
    directory: string;
    credentials?: RepositoryCredentials;
  }): Promise<Repositories> {
    await rm(options.directory, { recursive: true, force: true });
    await mkdir(options.directory, { recursive: true });
    return new Repositories(options.directory, options.credentials);
  }

  /** Which commit the revision stands for now. */
  async resolve(url: string, revision: string | undefined): Promise<string> {
    const name = revision || 'HEAD';
    const fixed = /^[0-9a-f]{40}$/.test(name) ? await this.known(url, name) : undefined;
    if (fixed) return fixed;
    await this.fetch(url);
    const commit =
      name === 'HEAD' ? await this.defaultCommit(url) : await this.mirrorOf(url).resolve(name);
    if (!commit) throw new SourceError(`unable to resolve '${name}' to a commit SHA`);
    return commit;
  }

  async commitOf(url: string, sha: string): Promise<Commit> {
    return this.mirrorOf(url).commitOf(await this.resolve(url, sha));
  }

  /** The folder with the files of a commit that `resolve` gave. */
  checkout(url: string, sha: string): Promise<string> {
    const key = `${keyOf(url)}-${sha}`;
    const tree = this.trees.get(key) ?? this.writeTree(url, sha, join(this.directory, key));
    this.trees.set(key, tree);
    tree.catch(() => this.trees.delete(key));
    return tree;
  }

  private known(url: string, sha: string): Promise<string | undefined> {
    return this.mirrored.has(url) ? this.mirrorOf(url).resolve(sha) : Promise.resolve(undefined);
  }

  private mirrorOf(url: string): GitRepository {
    return new GitRepository(join(this.directory, `${keyOf(url)}.git`));
  }

  private fetch(url: string): Promise<void> {
    return this.fetches.run(url, async () => {
      if (!this.mirrored.has(url)) await this.createMirror(url);
      const refs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
      await this.atHost(url, ['fetch', '--quiet', '--prune', url, ...refs]);
    });
  }

  private async createMirror(url: string): Promise<void> {
    const { directory } = this.mirrorOf(url);
    await mkdir(directory, { recursive: true });
    await GitRepository.init(directory, 'main');
    this.mirrored.add(url);
  }

  private async defaultCommit(url: string): Promise<string | undefined> {
    const answer = await this.atHost(url, ['ls-remote', url, 'HEAD']);
    return /^[0-9a-f]{40}/.exec(answer.toString())?.[0];
  }

  private async atHost(url: string, args: readonly string[]): Promise<Buffer> {
    const { directory } = this.mirrorOf(url);
    const environment = this.environmentFor(url);
    const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
    return runGit({ directory, args, environment, signal }).catch(error => {
      throw new SourceError(`failed to list refs: ${reasonOf(error)}`, error);
    });
  }

  /** The account goes through the environment: other users of the machine can read the arguments of a process. */
  private environmentFor(url: string): NodeJS.ProcessEnv {
    const { credentials } = this;
    const open = { GIT_ALLOW_PROTOCOL: 'http:https' };
    if (!credentials || !url.startsWith(`${credentials.url}/`)) return open;
    const account = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
    return {
      ...open,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${account}`,
    };
  }

  private async writeTree(url: string, sha: string, directory: string): Promise<string> {
    const scratch = join(this.directory, `new-${randomUUID()}`);
    await mkdir(scratch);
    await runGit({
      directory: this.mirrorOf(url).directory,
      // Links become plain files, so that no chart can point out of its repository.
      args: [
        ...['-c', 'core.symlinks=false', '-c', 'core.bare=false'],
        `--work-tree=${scratch}`,
        ...['read-tree', '--reset', '-u', sha],
      ],
      environment: { GIT_INDEX_FILE: `${scratch}.index`, GIT_DIR: '.' },
    });
    await rm(`${scratch}.index`, { force: true });
    await rename(scratch, directory);
    return directory;
  }
}

const keyOf = (url: string): string => createHash('sha256').update(url).digest('hex').slice(0, 24);

function reasonOf(error: unknown): string {
  const text = error instanceof GitError ? error.stderr.trim() : String(error);
  if (/not found/i.test(text)) return `repository not found: ${text}`;
  if (/authentication failed|could not read username|401/i.test(text)) {
    return 'authentication required: Unauthorized';
  }
  return text || 'the Git host did not answer in time';
}
