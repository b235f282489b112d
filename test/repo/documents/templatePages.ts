import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { table } from './table';

const FOLDER = 'docs/templates';

interface TemplateFile {
  readonly metadata: { readonly title: string; readonly description: string };
}

/** The README of every template, and of what templates share, as pages of the documentation site. */
export function templatePages(root: string): ReadonlyMap<string, string> {
  const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
  const readmes = globSync('templates/*/README.md', { cwd: root }).sort();
  const templates = globSync('templates/*/template.yaml', { cwd: root }).sort();
  const rows = templates.map(file => {
    const { title, description } = (load(textOf(file)) as TemplateFile).metadata;
    return [`[${title}](${pageOf(dirname(file))})`, description];
  });
  return new Map([
    ...readmes.map(file => {
      const head = `<!-- Written by npm run generate from ${file}. -->`;
      return [
        `${FOLDER}/${pageOf(dirname(file))}`,
        `${head}\n\n${withinDocs(textOf(file))}`,
      ] as const;
    }),
    [`${FOLDER}/index.md`, templateIndex(rows)],
  ]);
}

/** `templates/_chart` is `chart.md`: static sites often leave out what begins with an underscore. */
const pageOf = (dir: string) => `${basename(dir).replace(/^_/, '')}.md`;

const withinDocs = (text: string) =>
  text
    .replace(/\]\(\.\.\/_?([\w-]+)\/README\.md/g, ']($1.md')
    .replace(/\]\(\.\.\/\.\.\/(?:packages|plugins)\/([\w-]+)\/README\.md/g, '](../packages/$1.md')
    .replace(/\]\(\.\.\/\.\.\/docs\//g, '](../');

const templateIndex = (rows: readonly (readonly string[])[]) =>
  `${[
    '<!-- Written by npm run generate from templates. -->',
    '# Templates',
    'What each makes, what a portal must set for it, and how to change it. They share [one chart](chart.md).',
    table(['Template', 'What'], rows),
  ].join('\n\n')}\n`;
