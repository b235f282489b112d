import type { Gitea } from '../../world/gitea';

const FILE = 'deploy/values-dev.yaml';

/** Commits a change of what dev runs, as CI does it after a build, and returns the commit. */
export async function commitValues(
  gitea: Gitea,
  repository: string,
  change: (text: string) => string,
): Promise<string> {
  const path = `/repos/${gitea.organisation}/${repository}/contents/${FILE}`;
  const { content, sha } = await gitea.api<{ content: string; sha: string }>('GET', path);
  const text = Buffer.from(content, 'base64').toString();
  const changed = change(text);
  if (changed === text) throw new Error(`${FILE} has nothing to change:\n${text}`);
  const { commit } = await gitea.api<{ commit: { sha: string } }>('PUT', path, {
    sha,
    branch: 'main',
    message: 'Release a new version to dev',
    content: Buffer.from(changed).toString('base64'),
  });
  return commit.sha;
}
