import { resolveSafeChildPath, type UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction, fetchContents } from '@backstage/plugin-scaffolder-node';
import { examples } from './examples';

export interface FetchSharedOptions {
  readonly reader: UrlReaderService;
  readonly integrations: ScmIntegrations;
}

/** `fetch:plain` stays inside the template's own folder; this reaches what templates share beside it, and nothing else. */
export const createFetchSharedAction = ({ reader, integrations }: FetchSharedOptions) =>
  createTemplateAction({
    id: 'waymark:fetch:shared',
    description:
      'Copies a folder that templates share: a sibling of the template, such as the service chart',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z.string({ description: 'Name of the shared folder; it begins with an underscore' }),
        targetPath: z => z.string({ description: 'Folder in the workspace to copy to' }).optional(),
      },
    },
    async handler(ctx) {
      const { name, targetPath = './' } = ctx.input;
      if (!/^_[a-z][a-z0-9-]*$/.test(name)) {
        throw new InputError(
          `name: ${JSON.stringify(name)} is no shared folder: an underscore and a lower-case name is needed`,
        );
      }
      await fetchContents({
        reader,
        integrations,
        baseUrl: besideTemplate(ctx.templateInfo?.baseUrl),
        fetchUrl: `./${name}`,
        outputPath: resolveSafeChildPath(ctx.workspacePath, targetPath),
      });
    },
  });

/** The folder above the template's, as a URL that relative ones resolve against: `…/templates/x/template.yaml` → `…/templates/all.yaml`. */
function besideTemplate(baseUrl: string | undefined): string {
  if (!baseUrl)
    throw new InputError(
      'the template does not say where it is stored, so nothing beside it can be found',
    );
  return baseUrl.replace(/\/[^/]+\/[^/]*$/, '/all.yaml');
}
