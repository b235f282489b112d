import { type ChangedFile, COMMIT_FORMAT, type Commit, parseCommits } from './Commit';
import { commitFiles, type NewCommit } from './commitFiles';
import { isRefName } from './filePath';
import { runGit } from './runGit';
import { parseTree, type TreeEntry } from './TreeEntry';

export interface Branch {
  name: string;
  sha: string;
}

export interface LogQuery {
  path?: string;
  limit?: number;
  skip?: number;
}

const changes: Readonly<Record<string, ChangedFile['status']>> = { A: 'added', D: 'removed' };

/** A bare repository on disk, read and written through the Git command. */
export class GitRepository {
  constructor(readonly directory: string) {}

  /** Without templates a repository has no hooks, so that no push ever runs anything. */
  static async init(directory: string, defaultBranch: string): Promise<GitRepository> {
    const repository = new GitRepository(directory);
    await repository.git(['init', '--bare', '--quiet', '--template=', `-b${defaultBranch}`]);
    return repository;
  }

  /** The commit that a branch, a tag or a (short) commit id stands for. */
  async resolve(ref: string): Promise<string | undefined> {
    if (!isRefName(ref)) return undefined;
    const candidates = [`refs/heads/${ref}`, `refs/tags/${ref}`];
    if (/^[0-9a-f]{4,40}$/.test(ref)) candidates.push(ref);
    const input = candidates.map(name => `${name}^{commit}\n`).join('');
    const found = await this.text(['cat-file', '--batch-check'], input);
    return /^([0-9a-f]{40}) commit/m.exec(found)?.[1];
  }

  async branches(): Promise<Branch[]> {
    const format = '--format=%(refname:short) %(objectname)';
    const lines = (await this.text(['for-each-ref', format, 'refs/heads'])).split('\n');
    return lines.filter(Boolean).map(text => {
      const [name, sha] = text.split(' ');
      return { name, sha };
    });
  }

  async setDefaultBranch(branch: string): Promise<void> {
    await this.git(['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  }

  /** The file or folder at a path, or undefined; the root is a folder without a name. */
  async entry(commit: string, path: string): Promise<TreeEntry | undefined> {
    if (path === '') return { name: '', path, type: 'dir', sha: commit, size: 0 };
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const siblings = await this.entries(commit, folder);
    return siblings?.find(entry => entry.path === path);
  }

  /** What is in a folder, or undefined when there is no such folder. */
  async entries(commit: string, folder: string): Promise<TreeEntry[] | undefined> {
    const input = `${commit}:${folder}\n`;
    const [, type] = (await this.text(['cat-file', '--batch-check'], input)).split(' ');
    if (type !== 'tree') return undefined;
    const listing = await this.text(['ls-tree', '-z', '--long', `${commit}:${folder}`]);
    return parseTree(listing, folder);
  }

  blob(sha: string): Promise<Buffer> {
    return this.git(['cat-file', 'blob', sha]);
  }

  async log(ref: string, { path, limit = 30, skip = 0 }: LogQuery = {}): Promise<Commit[]> {
    const range = [`--max-count=${limit}`, `--skip=${skip}`, ref];
    const paths = path ? ['--', `:(literal)${path}`] : ['--'];
    return parseCommits(await this.text(['log', `--format=${COMMIT_FORMAT}`, ...range, ...paths]));
  }

  async commitOf(sha: string): Promise<Commit> {
    const [commit] = await this.log(sha, { limit: 1 });
    return commit;
  }

  async changedFiles(sha: string): Promise<ChangedFile[]> {
    const args = ['diff-tree', '--root', '--no-commit-id', '--name-status', '-r', '-z', sha];
    const fields = (await this.text(args)).split('\0');
    const files: ChangedFile[] = [];
    for (let index = 0; index + 1 < fields.length; index += 2) {
      files.push({ status: changes[fields[index]] ?? 'modified', filename: fields[index + 1] });
    }
    return files;
  }

  patch(sha: string): Promise<string> {
    return this.text(['show', '--format=', '--patch', '--stat', '--no-color', sha]);
  }

  archive(sha: string, format: 'tar.gz' | 'zip', prefix: string): Promise<Buffer> {
    return this.git(['archive', `--format=${format}`, `--prefix=${prefix}/`, sha]);
  }

  /** Returns the new commit. */
  async commit(commit: Omit<NewCommit, 'parent'>): Promise<Commit> {
    const parent = await this.resolve(commit.branch);
    await commitFiles(this.directory, { ...commit, parent });
    return this.commitOf(`refs/heads/${commit.branch}`);
  }

  private git(args: readonly string[], input?: string): Promise<Buffer> {
    return runGit({ directory: this.directory, args, input });
  }

  private async text(args: readonly string[], input?: string): Promise<string> {
    return (await this.git(args, input)).toString();
  }
}
