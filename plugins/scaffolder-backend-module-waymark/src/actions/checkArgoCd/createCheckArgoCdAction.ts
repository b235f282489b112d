import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ArgoCdInstances } from '../../argocd/ArgoCdInstances';
import { refuseOther } from '../../argocd/refuseOther';
import { repositoryAt } from '../../hosts/repositoryAt';
import { examples } from './examples';

export interface CheckArgoCdOptions {
  readonly instances: ArgoCdInstances;
  readonly integrations: ScmIntegrations;
}

/**
 * Everything that would keep `waymark:argocd:ensure-application` from creating, while nothing exists yet that would then be
 * left behind. Only reads.
 */
export const createCheckArgoCdAction = ({ instances, integrations }: CheckArgoCdOptions) =>
  createTemplateAction({
    id: 'waymark:argocd:check',
    description:
      'Fails unless Argo CD can take a new application: it is configured and answers, has the project, and the name is free',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string({ description: 'Name of the application to come' }),
        repoUrl: z =>
          z.string({
            description:
              'host?owner=…&repo=… of the repository to come, as waymark:publish takes it',
          }),
        project: z => z.string({ description: 'Existing AppProject' }).default('default'),
        instance: z =>
          z.string({ description: 'Name of the Argo CD in argocdDelivery.sources' }).optional(),
      },
    },
    async handler(ctx) {
      const { name, project, repoUrl, instance } = ctx.input;
      const api = instances.get(instance);
      const projects = await api.projects();
      if (!projects.length)
        // Not a reason to stop: the permission is needed by nothing else.
        ctx.logger.warn(
          `Argo CD does not say whether it has a project ${project}: allow its account projects, get`,
        );
      else if (!projects.includes(project))
        throw new InputError(
          `project: Argo CD shows no project ${project}; there are ${projects.join(', ')}: choose one of them, or have it created`,
        );
      const { host, owner, repo } = repositoryAt(repoUrl, integrations);
      const existing = await api.find(project, name);
      if (!existing) return;
      const { remoteUrl } = host.locate({ owner, repo, defaultBranch: 'HEAD' });
      refuseOther(existing, { name, project, repoUrl: remoteUrl });
    },
  });
