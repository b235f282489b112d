import type { Gitea } from '../../world/gitea';

export interface FileChange {
  readonly file: string;
  readonly message: string;
  change(text: string): string;
}

/** Commits a change of one file to main, and returns the commit. */
export async function commitChange(
  gitea: Gitea,
  repository: string,
  { file, message, change }: FileChange,
): Promise<string> {
  const path = `/repos/${gitea.organisation}/${repository}/contents/${file}`;
  const { content, sha } = await gitea.api<{ content: string; sha: string }>('GET', path);
  const text = Buffer.from(content, 'base64').toString();
  const changed = change(text);
  if (changed === text) throw new Error(`${file} has nothing to change:\n${text}`);
  const { commit } = await gitea.api<{ commit: { sha: string } }>('PUT', path, {
    ...{ sha, branch: 'main', message },
    content: Buffer.from(changed).toString('base64'),
  });
  return commit.sha;
}

/** What dev runs from now on: CI writes it after a build. */
export const commitTag = (gitea: Gitea, repository: string, tag: string): Promise<string> =>
  commitChange(gitea, repository, {
    file: 'deploy/values-dev.yaml',
    message: `Release ${tag} to dev`,
    change: text => text.replace(/^( +tag:).*$/m, `$1 ${tag}`),
  });
