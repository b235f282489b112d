import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { renderTemplate } from '@waymark/template-kit';
import { type Command } from 'commander';
import { load } from 'js-yaml';
import type { Streams } from '../Streams';

interface RenderOptions {
  answers: string;
  out: string;
  templates: string;
}

/** `waymark template render`: the bytes of the portal's task, without a portal. */
export function addTemplateCommand(program: Command, streams: Streams) {
  const template = program.command('template').description('work on golden path templates');
  template
    .command('render')
    .description('write what the portal would write into a new repository')
    .argument('<name>', 'name of a template, or path of its folder')
    .requiredOption(
      '--answers <file>',
      'YAML or JSON file with the answers to the form, a template case, or a .waymark.yaml',
    )
    .requiredOption('--out <dir>', 'new folder to write to')
    .option('--templates <dir>', 'folder that holds the templates', 'templates')
    .action(async (name: string, options: RenderOptions) => {
      const at = (path: string) => resolve(streams.folder, path);
      const { ran, skipped } = await renderTemplate({
        templateDir: templateDir(name, at(options.templates), at),
        answers: await readAnswers(at(options.answers)),
        outDir: at(options.out),
      });
      streams.error(
        `waymark: wrote ${options.out} (steps ${ran.join(', ')}; left to the portal: ${skipped.join(', ') || 'none'})`,
      );
    });
}

function templateDir(name: string, templates: string, at: (path: string) => string): string {
  const candidates =
    isAbsolute(name) || name.includes('/') ? [at(name)] : [join(templates, name), at(name)];
  const found = candidates.find(folder => existsSync(join(folder, 'template.yaml')));
  if (!found)
    throw new InputError(
      `no template ${name}: there is no template.yaml in ${candidates.join(' or ')}`,
    );
  return found;
}

async function readAnswers(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new InputError(`--answers: cannot read ${file}`, error);
  });
  const content = load(text, { filename: file }) as { answers?: unknown } | null;
  // Cases of a template and the stamp of a repository hold more than the answers, and hold those by this name.
  const answers = content?.answers ?? content;
  if (answers === null || typeof answers !== 'object' || Array.isArray(answers)) {
    throw new InputError(`--answers: ${file} holds no map of answers`);
  }
  return answers as Record<string, unknown>;
}
