import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { load } from 'js-yaml';
import { GENERATED_FOLDERS } from './documents/generatedDocuments';

const root = resolve(__dirname, '../..');
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const pages = globSync(
  ['*.md', 'docs/**/*.md', 'packages/*/README.md', 'plugins/*/README.md', 'templates/*/README.md'],
  { cwd: root },
);

const withoutCode = (text: string) => text.replace(/```[^]*?```/g, '').replace(/`[^`\n]*`/g, '');

/** Headings as GitHub and MkDocs turn them into anchors. */
const anchorsOf = (text: string) =>
  [...text.replace(/```[^]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s+/g, '-'),
  );

/** Links of a page that lead nowhere. */
function brokenLinks(page: string, text: string): string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets
    .filter(target => !/^[a-z]+:/.test(target))
    .filter(target => {
      const [path, anchor] = target.split('#');
      const file = path ? join(root, dirname(page), path) : join(root, page);
      if (!existsSync(file)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).includes(anchor);
    });
}

describe('the links of every page', () => {
  it('lead somewhere', () => {
    const broken = pages.flatMap(page =>
      brokenLinks(page, textOf(page)).map(target => `${page}: ${target}`),
    );
    assert.deepEqual(broken, []);
    assert.ok(pages.length > 100);
  });

  it('are found when they do not', () => {
    const text =
      '[a](docs/nowhere.md) [b](README.md#no-such-heading) [c](https://example.com) `[d](e)`';
    assert.deepEqual(brokenLinks('README.md', text), [
      'docs/nowhere.md',
      'README.md#no-such-heading',
    ]);
  });

  it('stay inside the documentation site where MkDocs serves the page', () => {
    const outside = globSync('docs/**/*.md', { cwd: root })
      .filter(page => page !== 'docs/NEXT.md')
      .flatMap(page =>
        [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s#]+)/g)]
          .map(([, target]) => target)
          .filter(target => !/^[a-z]+:/.test(target))
          .filter(target => relative('docs', join(dirname(page), target)).startsWith('..'))
          .map(target => `${page}: ${target}`),
      );
    assert.deepEqual(outside, []);
  });
});

describe('the navigation of the documentation site', () => {
  type Nav = readonly (Readonly<Record<string, string | Nav>> | string)[];
  const filesOf = (nav: Nav): string[] =>
    nav.flatMap(entry =>
      typeof entry === 'string'
        ? [entry]
        : Object.values(entry).flatMap(value =>
            typeof value === 'string' ? [value] : filesOf(value),
          ),
    );
  const { nav } = load(textOf('mkdocs.yml')) as { nav: Nav };

  it('names every page that a person wrote, and the first of each generated folder', () => {
    const generated = (file: string) =>
      GENERATED_FOLDERS.some(folder => file.startsWith(folder)) && !file.endsWith('/index.md');
    const wanted = globSync('docs/**/*.md', { cwd: root })
      .filter(file => file !== 'docs/NEXT.md' && !generated(file))
      .map(file => relative('docs', file));
    assert.deepEqual(filesOf(nav).sort(), wanted.sort());
  });
});
