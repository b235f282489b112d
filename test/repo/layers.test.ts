import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { ESLint } from 'eslint';
import { load } from 'js-yaml';

interface Planted {
  /** The file that the line is linted as; nothing is written there. */
  readonly in: string;
  readonly line: string;
  readonly rule?: 'no-restricted-imports' | 'no-restricted-syntax';
}

const root = resolve(__dirname, '../..');
const planted = load(readFileSync(join(__dirname, 'planted.yaml'), 'utf8')) as readonly Planted[];
const layers = require(join(root, 'eslint.layers.js')) as Record<string, { own: string[] }>;

const packageOf = (file: string) => file.split('/').slice(0, 2).join('/');

function nameOf(packageDir: string): string {
  const manifest = readFileSync(join(root, packageDir, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { name: string }).name;
}

describe('the layers of DESIGN.md', () => {
  before(() => process.chdir(root));

  for (const { in: file, line, rule } of planted) {
    it(`${rule ? 'reports' : 'allows'} ${line} in ${file}`, async () => {
      const eslint = new ESLint({ cwd: join(root, packageOf(file)) });
      const [{ messages }] = await eslint.lintText(`${line}\n`, { filePath: join(root, file) });
      const reported = messages
        .filter(({ severity }) => severity === 2)
        .map(({ ruleId }) => ruleId);
      assert.deepEqual(
        reported.filter(id => id?.startsWith('no-restricted')),
        rule ? [rule] : [],
      );
    });
  }

  it('plants something in every row', () => {
    const names = new Set(
      planted.filter(({ rule }) => rule).map(({ in: file }) => nameOf(packageOf(file))),
    );
    const open = Object.keys(layers).filter(name => !layers[name].own.includes('*'));
    assert.deepEqual(
      open.filter(name => !names.has(name)),
      [],
    );
  });

  it('names every package', () => {
    for (const file of globSync(['packages/*/package.json', 'plugins/*/package.json'], {
      cwd: root,
    })) {
      const name = nameOf(dirname(file));
      assert.ok(layers[name], `${name} has no row in eslint.layers.js`);
      assert.ok(
        existsSync(join(root, dirname(file), '.eslintrc.js')),
        `${name} has no .eslintrc.js`,
      );
    }
  });
});
