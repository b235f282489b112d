import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitRepository } from './GitRepository';

/** What the host knows of a repository besides its commits. */
export interface RepositoryRecord {
  id: number;
  owner: string;
  name: string;
  description: string;
  private: boolean;
  defaultBranch: string;
  /** RFC 3339, as all times. */
  createdAt: string;
  updatedAt: string;
}

const RECORD_FILE = 'waymark-record.json';

/** A bare repository and its record, which lies inside the repository's folder, so that both live and die together. */
export class HostedRepository {
  private constructor(
    readonly git: GitRepository,
    private current: RepositoryRecord,
  ) {}

  get record(): Readonly<RepositoryRecord> {
    return this.current;
  }

  static async init(directory: string, record: RepositoryRecord): Promise<HostedRepository> {
    const git = await GitRepository.init(directory, record.defaultBranch);
    const repository = new HostedRepository(git, record);
    await repository.edit({});
    return repository;
  }

  /** Undefined for a folder that a killed process left before it was a repository. */
  static async load(directory: string): Promise<HostedRepository | undefined> {
    const text = await readFile(join(directory, RECORD_FILE), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    return new HostedRepository(new GitRepository(directory), JSON.parse(text));
  }

  async edit(changes: Partial<RepositoryRecord>): Promise<void> {
    if (changes.defaultBranch) await this.git.setDefaultBranch(changes.defaultBranch);
    this.current = { ...this.current, ...changes };
    const file = join(this.git.directory, RECORD_FILE);
    await writeFile(`${file}.new`, JSON.stringify(this.current));
    await rename(`${file}.new`, file);
  }
}
