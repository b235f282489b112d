import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction, fetchFile } from '@backstage/plugin-scaffolder-node';
import {
  commitOf,
  FILE_CLASSES_FILE,
  readFileClasses,
  stampWorkspace,
} from '@waymark/template-kit';
import { examples } from './examples';

export interface StampActionOptions {
  readonly reader: UrlReaderService;
  readonly integrations: ScmIntegrations;
}

/** Writes `.waymark.yaml`, from which upgrades and drift are computed later. */
export const createStampAction = ({ reader, integrations }: StampActionOptions) =>
  createTemplateAction({
    id: 'waymark:stamp',
    description:
      'Records template, version, commit, answers and the class of every file in .waymark.yaml',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        answers: z =>
          z.record(z.unknown(), {
            description: 'What the person answered: the parameters of the template',
          }),
        template: z =>
          z.string({ description: 'Name of the template; default: the one that runs' }).optional(),
      },
      output: {
        version: z => z.string({ description: 'Version of the template' }),
        answers: z =>
          z.record(z.unknown(), {
            description:
              'What was recorded: defaults and presets worked in once, for the steps after this one',
          }),
      },
    },
    async handler(ctx) {
      const { baseUrl, entity } = ctx.templateInfo ?? {};
      const template = ctx.input.template ?? entity?.metadata.name;
      if (!baseUrl || !template) {
        throw new InputError(
          'the running template does not say its name and where it is stored: register it in the catalog',
        );
      }
      const classes = readFileClasses(await readBeside(baseUrl, { reader, integrations }));
      const commit = baseUrl.startsWith('file:')
        ? await commitOf(dirname(fileURLToPath(baseUrl)))
        : undefined;
      await stampWorkspace({
        workspace: ctx.workspacePath,
        template,
        classes,
        answers: ctx.input.answers,
        commit,
      });
      ctx.output('version', classes.version);
      ctx.output('answers', ctx.input.answers);
    },
  });

async function readBeside(
  baseUrl: string,
  { reader, integrations }: StampActionOptions,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-stamp-'));
  const outputPath = join(folder, FILE_CLASSES_FILE);
  try {
    await fetchFile({
      reader,
      integrations,
      baseUrl,
      fetchUrl: `./${FILE_CLASSES_FILE}`,
      outputPath,
    });
    return await readFile(outputPath, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
