import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from './table';
import type { WorkspacePackage } from './workspacePackages';

const FOLDER = 'docs/packages';

/** The README of every package as a page of the documentation site, and a page that lists them. */
export function packagePages(
  root: string,
  packages: readonly WorkspacePackage[],
): ReadonlyMap<string, string> {
  const documented = packages.filter(({ dir }) => existsSync(join(root, dir, 'README.md')));
  return new Map([
    ...documented.map(({ dir, id }) => {
      const text = readFileSync(join(root, dir, 'README.md'), 'utf8');
      const page = `<!-- Written by npm run generate from ${dir}/README.md. -->\n\n${withinDocs(text)}`;
      return [`${FOLDER}/${id}.md`, page] as const;
    }),
    [`${FOLDER}/index.md`, packageIndex(documented)],
  ]);
}

/** Links of a README two folders below the root, as they are from two folders below it inside docs. */
const withinDocs = (text: string) =>
  text
    .replace(/\]\(\.\.\/\.\.\/docs\//g, '](../')
    .replace(/\]\(\.\.\/\.\.\/CONTRIBUTING\.md/g, '](../contributing.md')
    .replace(/\]\((?:\.\.\/)+(?:(?:packages|plugins)\/)?([\w-]+)\/README\.md/g, ']($1.md');

const packageIndex = (packages: readonly WorkspacePackage[]) =>
  `${[
    '<!-- Written by npm run generate from the package.json of every package. -->',
    '# Packages',
    'What each is for, how to install and configure it. Who may import whom is data in `eslint.layers.js`.',
    ...['plugins', 'packages'].flatMap(folder => [
      `## ${folder[0].toUpperCase()}${folder.slice(1)}`,
      table(
        ['Package', 'What'],
        packages
          .filter(({ dir }) => dir.startsWith(`${folder}/`))
          .map(({ id, name, description }) => [`[${name}](${id}.md)`, description]),
      ),
    ]),
  ].join('\n\n')}\n`;
