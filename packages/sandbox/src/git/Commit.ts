export interface Signature {
  name: string;
  email: string;
  /** RFC 3339 */
  date: string;
}

export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
}

export interface ChangedFile {
  filename: string;
  status: 'added' | 'modified' | 'removed';
}

const FIELD = '\x1f';
const RECORD = '\x1e';

/** For `git log --format=`: fields that no commit message contains a separator of. */
export const COMMIT_FORMAT = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B']
  .join('%x1f')
  .concat('%x1e');

export function parseCommits(output: string): Commit[] {
  const records = output.split(RECORD).slice(0, -1);
  return records.map(record => {
    const [sha, tree, parents, an, ae, ad, cn, ce, cd, message] = record
      .replace(/^\n/, '')
      .split(FIELD);
    return {
      sha,
      tree,
      parents: parents.split(' ').filter(Boolean),
      author: { name: an, email: ae, date: utc(ad) },
      committer: { name: cn, email: ce, date: utc(cd) },
      message,
    };
  });
}

const utc = (date: string): string => `${new Date(date).toISOString().slice(0, 19)}Z`;
