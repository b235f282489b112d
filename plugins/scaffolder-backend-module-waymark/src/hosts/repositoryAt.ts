import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { parseRepoUrl } from '@waymark/template-kit';
import { hostOf } from './hostOf';
import type { RepositoryHost, RepositoryName } from './RepositoryHost';

/** What GitHub, GitLab and Gitea all take for a repository's name. */
const REPOSITORY_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/i;

export interface NamedRepository extends RepositoryName {
  readonly hostName: string;
  readonly host: RepositoryHost;
}

/** The repository that `host?owner=…&repo=…` names, whether it exists or not. */
export function repositoryAt(repoUrl: string, integrations: ScmIntegrations): NamedRepository {
  const { host: hostName, owner, repo } = parseRepoUrl(repoUrl);
  if (!owner || !repo) throw new InputError(`repoUrl: ${repoUrl} names no owner or no repo`);
  if (!REPOSITORY_NAME.test(repo) || repo.includes('..'))
    throw new InputError(`repoUrl: ${JSON.stringify(repo)} is no repository name`);
  return { hostName, host: hostOf(hostName, owner, integrations), owner, repo };
}
