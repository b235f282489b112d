import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { GiteaHost } from './GiteaHost';
import { GitHubHost } from './GitHubHost';
import { GitLabHost } from './GitLabHost';
import type { RepositoryHost } from './RepositoryHost';

/** The host that `integrations` configures under this name, its port included. */
export function hostOf(host: string, owner: string, integrations: ScmIntegrations): RepositoryHost {
  const gitea = integrations.gitea.byHost(host);
  if (gitea) return new GiteaHost(gitea.config);
  const gitlab = integrations.gitlab.byHost(host);
  if (gitlab) return new GitLabHost(gitlab.config);
  const github = integrations.github.byHost(host);
  if (github) return new GitHubHost(github.config, integrations, owner);
  const known = [
    ...integrations.gitea.list(),
    ...integrations.gitlab.list(),
    ...integrations.github.list(),
  ];
  throw new InputError(
    `repoUrl: ${host} is in none of integrations.github, .gitlab and .gitea; configured are ${known.map(({ title }) => title).join(', ') || 'none'}`,
  );
}
