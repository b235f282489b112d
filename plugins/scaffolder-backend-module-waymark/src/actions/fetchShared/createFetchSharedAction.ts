import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolveSafeChildPath, type UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type ActionContext,
  createTemplateAction,
  fetchContents,
} from '@backstage/plugin-scaffolder-node';
import { examples } from './examples';
import { registeredUrl } from './registeredUrl';

export interface FetchSharedOptions {
  readonly reader: UrlReaderService;
  readonly integrations: ScmIntegrations;
  /** Knows where a template is stored that is tried out by its name. */
  readonly catalog: CatalogService;
}

/** `fetch:plain` stays inside the template's own folder; this reaches what templates share beside it, and nothing else. */
export const createFetchSharedAction = ({ reader, integrations, catalog }: FetchSharedOptions) =>
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
        baseUrl: ctx.isDryRun
          ? await tried(ctx, name, catalog)
          : besideTemplate(ctx.templateInfo?.baseUrl),
        fetchUrl: `./${name}`,
        outputPath: resolveSafeChildPath(ctx.workspacePath, targetPath),
      });
    },
  });

/**
 * What `./<name>` resolves against in a dry run. The scaffolder then stores the files that came with the request, and nothing
 * lies beside them: the shared folder is among them, or it is that of the template that the catalog has under this name.
 */
async function tried(
  { templateInfo, getInitiatorCredentials }: ActionContext<object>,
  name: string,
  catalog: CatalogService,
): Promise<string> {
  const { baseUrl, entity } = templateInfo ?? {};
  if (baseUrl && existsSync(fileURLToPath(new URL(name, baseUrl)))) return baseUrl;
  const registered =
    entity && (await registeredUrl(entity.metadata, catalog, await getInitiatorCredentials()));
  if (registered) return besideTemplate(registered);
  throw new InputError(
    `name: the dry run came without a folder ${name}, and the catalog has no template ${entity?.metadata.name} to find it beside: send the folder along with template.yaml, or register the template`,
  );
}

/** The folder above the template's, as a URL that relative ones resolve against: `…/templates/x/template.yaml` → `…/templates/all.yaml`. */
function besideTemplate(baseUrl: string | undefined): string {
  if (!baseUrl)
    throw new InputError(
      'the template does not say where it is stored, so nothing beside it can be found',
    );
  return baseUrl.replace(/\/[^/]+\/[^/]*$/, '/all.yaml');
}
