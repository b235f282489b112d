import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ArgoCdApplication } from '../../argocd/ArgoCdApplication';
import type { ArgoCdInstances } from '../../argocd/ArgoCdInstances';
import { refuseOther } from '../../argocd/refuseOther';
import { examples } from './examples';

/** Makes Argo CD deploy the repository. Run again it changes nothing; an application of another repository is never taken over. */
export const createEnsureApplicationAction = ({
  instances,
}: {
  readonly instances: ArgoCdInstances;
}) =>
  createTemplateAction({
    id: 'waymark:argocd:ensure-application',
    description: 'Creates the Argo CD application of a repository unless it is there already',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z
            .string({ description: 'Name of the application' })
            .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
        repoUrl: z => z.string({ description: 'URL that Argo CD clones from' }),
        path: z =>
          z.string({ description: 'Folder of the chart in the repository' }).default('chart'),
        valueFiles: z =>
          z.array(z.string(), { description: 'Values files, relative to the chart' }).default([]),
        revision: z => z.string({ description: 'Branch, tag or commit' }).default('main'),
        project: z => z.string({ description: 'Existing AppProject' }).default('default'),
        destination: z =>
          z.object(
            { server: z.string().optional(), name: z.string().optional(), namespace: z.string() },
            {
              description: 'Cluster by API server URL, name or EKS ARN, and namespace',
            },
          ),
        entityRef: z =>
          z.string({ description: 'Entity that the application belongs to' }).optional(),
        environment: z =>
          z.string({ description: 'Environment that the application is for' }).optional(),
        automated: z =>
          z
            .boolean({
              description: 'Argo CD syncs by itself, and puts back what is changed by hand',
            })
            .default(true),
        instance: z =>
          z.string({ description: 'Name of the Argo CD in argocdDelivery.sources' }).optional(),
      },
      output: {
        name: z => z.string({ description: 'Name of the application' }),
        url: z => z.string({ description: 'Page of the application in Argo CD' }),
      },
    },
    async handler(ctx) {
      const api = instances.get(ctx.input.instance);
      const wanted = applicationOf(ctx.input);
      const { name, project, repoUrl } = ctx.input;
      if (ctx.isDryRun) ctx.logger.info(`would create the application ${name} for ${repoUrl}`);
      else
        await ctx.checkpoint({
          key: 'application',
          fn: async () => {
            const existing = await api.find(project, name);
            if (existing) {
              refuseOther(existing, { name, project, repoUrl });
              ctx.logger.info(`the application ${name} is there already`);
            } else await api.create(wanted);
          },
        });
      ctx.output('name', name);
      ctx.output('url', api.pageOf(wanted));
    },
  });

interface EnsureInput {
  readonly name: string;
  readonly repoUrl: string;
  readonly path: string;
  readonly valueFiles: readonly string[];
  readonly revision: string;
  readonly project: string;
  readonly destination: { server?: string; name?: string; namespace: string };
  readonly entityRef?: string;
  readonly environment?: string;
  readonly automated: boolean;
}

function applicationOf(input: EnsureInput): ArgoCdApplication {
  const {
    name,
    repoUrl,
    path,
    valueFiles,
    revision,
    project,
    destination,
    entityRef,
    environment,
    automated,
  } = input;
  return {
    metadata: {
      name,
      // Deleting the application then deletes what it deployed.
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      ...(entityRef && { annotations: { 'backstage.io/entity-ref': entityRef } }),
      ...(environment && { labels: { 'waymark.dev/environment': environment } }),
    },
    spec: {
      project,
      source: {
        repoURL: repoUrl,
        path,
        targetRevision: revision,
        helm: { releaseName: name, valueFiles },
      },
      destination,
      syncPolicy: {
        // Left out, not left empty: "automated: {}" switches it on.
        ...(automated && { automated: { prune: true, selfHeal: true } }),
        syncOptions: ['CreateNamespace=true', 'PruneLast=true'],
        retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      },
    },
  };
}
