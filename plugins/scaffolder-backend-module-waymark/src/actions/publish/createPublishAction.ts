import type { Config } from '@backstage/config';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction, initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import { getRemoteInfo } from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import { repositoryAt } from '../../hosts/repositoryAt';
import type { GitCredentials, Repository } from '../../hosts/RepositoryHost';
import { examples } from './examples';

export interface PublishOptions {
  readonly integrations: ScmIntegrations;
  readonly config: Config;
}

/** What a dry run puts out: Git's own name for a commit that does not exist. */
const NO_COMMIT = '0'.repeat(40);

/** Creates the repository at whatever host the URL names, and pushes the workspace. A retry goes on where it stopped. */
export const createPublishAction = ({ integrations, config }: PublishOptions) =>
  createTemplateAction({
    id: 'waymark:publish',
    description:
      'Creates a repository on GitHub, GitLab or Gitea, whichever the host is, and pushes the workspace to it',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        repoUrl: z =>
          z.string({ description: 'host?owner=…&repo=…, the value of a RepoUrlPicker' }),
        description: z => z.string({ description: 'One line about the repository' }).default(''),
        defaultBranch: z => z.string({ description: 'Branch to push to' }).default('main'),
        visibility: z =>
          z
            .enum(['public', 'private', 'internal'], { description: 'Who may read it' })
            .default('private'),
      },
      output: {
        remoteUrl: z => z.string({ description: 'URL to clone from' }),
        repoContentsUrl: z =>
          z.string({ description: 'URL that files of the repository resolve against' }),
        commitHash: z => z.string({ description: 'The first commit' }),
      },
    },
    async handler(ctx) {
      const { repoUrl, description, defaultBranch, visibility } = ctx.input;
      const { host, hostName, owner, repo } = repositoryAt(repoUrl, integrations);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `would create ${owner}/${repo} at ${host.title} (${hostName}) and push branch ${defaultBranch}`,
        );
        const { remoteUrl, repoContentsUrl } = host.locate({ owner, repo, defaultBranch });
        ctx.output('remoteUrl', remoteUrl);
        ctx.output('repoContentsUrl', repoContentsUrl);
        ctx.output('commitHash', NO_COMMIT);
        return;
      }
      // A checkpoint of its own: once the repository is ours, a retry pushes to it instead of finding its name taken.
      const repository = await ctx.checkpoint({
        key: 'repository',
        fn: async (): Promise<Repository & Record<string, string>> => ({
          ...(await host
            .create({ owner, repo, description, visibility, defaultBranch })
            .catch(error => {
              if (!(error instanceof ConflictError)) throw error;
              throw new ConflictError(
                `${owner}/${repo} exists already at ${hostName}: choose another name, or delete it there`,
                error,
              );
            })),
        }),
      });
      const credentials = await host.credentials();
      const commitHash = await ctx.checkpoint({
        key: 'commit',
        fn: async () =>
          (await headOf(repository.remoteUrl, defaultBranch, credentials)) ??
          (await push(ctx.workspacePath, repository.remoteUrl, defaultBranch, credentials)),
      });
      await host.untilReadable?.({ owner, repo });
      ctx.output('remoteUrl', repository.remoteUrl);
      ctx.output('repoContentsUrl', repository.repoContentsUrl);
      ctx.output('commitHash', commitHash);

      async function push(dir: string, remoteUrl: string, branch: string, auth: GitCredentials) {
        const author = config.getOptionalConfig('scaffolder.defaultAuthor');
        const pushed = await initRepoAndPush({
          dir,
          remoteUrl,
          auth,
          defaultBranch: branch,
          logger: ctx.logger,
          commitMessage:
            config.getOptionalString('scaffolder.defaultCommitMessage') ?? 'Create the service',
          gitAuthorInfo: {
            name: author?.getOptionalString('name'),
            email: author?.getOptionalString('email'),
          },
        }).catch(error => {
          throw new ServiceUnavailableError(
            `the repository ${remoteUrl} exists but is empty, because the push to it failed (${error.message}): retry when its host is back`,
            error,
          );
        });
        return pushed.commitHash;
      }
    },
  });

/** The branch's commit, if a run that was cut off had pushed it before it could say so. The repository was created by this task. */
async function headOf(url: string, branch: string, { username, password }: GitCredentials) {
  const { refs } = await getRemoteInfo({ http, url, onAuth: () => ({ username, password }) }).catch(
    error => {
      throw new ServiceUnavailableError(
        `the repository ${url} exists but cannot be reached: retry when its host is back`,
        error,
      );
    },
  );
  const head: unknown = (refs?.heads as Record<string, unknown> | undefined)?.[branch];
  return typeof head === 'string' ? head : undefined;
}
