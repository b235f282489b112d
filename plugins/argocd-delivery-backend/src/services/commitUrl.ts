/** Page of a commit: GitHub and Gitea put it under `/commit/`, GitLab under `/-/commit/`. No page for anything but a full SHA over http. */
export function commitUrl(repoUrl: string, revision: string | undefined): string | undefined {
  if (!revision || !/^[0-9a-f]{40}$/.test(revision) || !/^https?:\/\//.test(repoUrl))
    return undefined;
  const { protocol, host, pathname } = new URL(repoUrl);
  const repository = `${protocol}//${host}${pathname.replace(/(\.git)?\/?$/, '')}`;
  return host.includes('gitlab')
    ? `${repository}/-/commit/${revision}`
    : `${repository}/commit/${revision}`;
}
