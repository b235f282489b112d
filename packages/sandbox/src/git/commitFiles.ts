import { runGit } from './runGit';

export interface FileChange {
  path: string;
  /** Left out: the file is removed. */
  content?: string | Buffer;
}

export interface Author {
  name: string;
  email: string;
}

export interface NewCommit {
  branch: string;
  message: string;
  changes: readonly FileChange[];
  author: Author;
  at: Date;
  /** The commit to build on; left out for the first one of a branch. */
  parent?: string;
}

/** Commits without a working copy, in one process. Fails when the branch has moved away from `parent`. */
export async function commitFiles(directory: string, commit: NewCommit): Promise<void> {
  const { branch, parent, changes, message, author, at } = commit;
  const who = `${clean(author.name)} <${clean(author.email)}> ${Math.floor(at.getTime() / 1000)} +0000`;
  const stream = Buffer.concat([
    line(`commit refs/heads/${branch}`),
    line(`author ${who}`),
    line(`committer ${who}`),
    data(Buffer.from(message.endsWith('\n') ? message : `${message}\n`)),
    ...(parent ? [line(`from ${parent}`)] : []),
    ...changes.flatMap(({ path, content }) =>
      content === undefined
        ? [line(`D ${quoted(path)}`)]
        : [line(`M 100644 inline ${quoted(path)}`), data(Buffer.from(content))],
    ),
    line('done'),
  ]);
  await runGit({ directory, args: ['fast-import', '--quiet', '--done'], input: stream });
}

const line = (text: string): Buffer => Buffer.from(`${text}\n`);

const data = (content: Buffer): Buffer =>
  Buffer.concat([line(`data ${content.length}`), content, line('')]);

const quoted = (path: string): string => `"${path.replace(/["\\]/g, '\\$&')}"`;

const clean = (text: string): string => text.replace(/[<>\n]/g, '').trim() || 'unknown';
