import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { rules } from '@waymark/readiness';
import { loadAll } from 'js-yaml';
import { workspacePackages } from './documents/workspacePackages';

const root = resolve(__dirname, '../..');
const packages = workspacePackages(root);
const textOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** The portal itself is what the README of the repository is about. */
const PORTAL = ['packages/app', 'packages/backend'];

/** Declared by Backstage's own plugins, named by a reader of the catalog, or a rule's. */
const FOREIGN_KEYS = [
  ...['name', 'type', 'url', 'authProvider'],
  ...['scaffolder', 'defaultEnvironment', 'parameters', 'repoHost', 'repoOwner', 'registry'],
  ...rules.flatMap(({ id, params: own }) => [id, ...Object.keys(own)]),
];

const declaredKeys = (configSchema: string) =>
  [...configSchema.replace(/\/\*[^]*?\*\//g, '').matchAll(/^\s*(\w+)\??:/gm)].map(([, key]) => key);

const keysOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [key, ...keysOf(child)]);
};

/** The keys in the examples of the section about configuration, and its text: alternatives stand in comments. */
function shownKeys(readme: string): { keys: readonly string[]; text: string } {
  const [, section = ''] = /^## Configuration\n([^]*?)(?=^## |$(?![^]))/m.exec(readme) ?? [];
  const blocks = [...section.matchAll(/```yaml\n([^]*?)```/g)].map(([, block]) => block);
  return { keys: blocks.flatMap(block => keysOf(loadAll(block))), text: section };
}

describe('the README of every package', () => {
  for (const { dir, name, role } of packages.filter(one => !PORTAL.includes(one.dir))) {
    const readme = textOf(join(root, dir, 'README.md'));

    it(`${name} says what it is`, () => {
      assert.match(readme, /^# \S[^\n]*\n\n\S/, `${dir}/README.md`);
      if (dir.startsWith('plugins/')) assert.ok(readme.startsWith(`# ${name}\n`), dir);
    });

    it(`${name} says how to install it`, () => {
      if (!/plugin/.test(role)) return;
      assert.match(readme, /^## Install$/m);
      assert.ok(readme.includes(`add ${name}\n`), `${dir}/README.md: no command that adds ${name}`);
      if (/backend/.test(role)) assert.ok(readme.includes(`backend.add(import('${name}'))`));
      if (role === 'frontend-plugin') assert.ok(readme.includes(`'${name}/legacy'`));
    });

    it(`${name} shows every key of its configuration`, () => {
      const declared = declaredKeys(textOf(join(root, dir, 'config.d.ts')));
      const { keys, text } = shownKeys(readme);
      assert.deepEqual(
        declared.filter(key => !new RegExp(`\\b${key}\\b`).test(text)),
        [],
        'not shown',
      );
      if (declared.length) assert.ok(keys.some(key => declared.includes(key)));
    });
  }
});

describe('configuration that a README shows', () => {
  const known = new Set([
    ...globSync(['plugins/*/config.d.ts', 'packages/*/config.d.ts'], { cwd: root }).flatMap(file =>
      declaredKeys(textOf(join(root, file))),
    ),
    ...FOREIGN_KEYS,
  ]);

  for (const { dir, name } of packages) {
    it(`${name}: keys exist`, () => {
      const { keys } = shownKeys(textOf(join(root, dir, 'README.md')));
      assert.deepEqual(
        keys.filter(key => !known.has(key)),
        [],
      );
    });
  }
});
