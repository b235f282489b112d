import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';

const root = resolve(__dirname, '../..');

interface Manifest {
  name: string;
  description?: string;
  license?: string;
  private?: boolean;
  publishConfig?: { access?: string };
  backstage?: { role?: string; pluginId?: string; pluginPackages?: string[] };
  files?: string[];
  configSchema?: string;
  dependencies?: Record<string, string>;
}

const packages = globSync(['packages/*/package.json', 'plugins/*/package.json'], { cwd: root }).map(
  file => ({
    dir: join(root, dirname(file)),
    manifest: JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest,
  }),
);

describe('every package', () => {
  for (const { dir, manifest } of packages) {
    const {
      name,
      description,
      license,
      backstage,
      files = [],
      configSchema,
      dependencies = {},
    } = manifest;
    it(`${name} says what it is`, () => {
      assert.ok(
        description && license && backstage?.role,
        'description, license and backstage.role are needed',
      );
      assert.ok(!('zod/v3' in dependencies) && !/^\^?3/.test(dependencies.zod ?? ''), 'zod 4 only');
    });
    it(`${name} documents its configuration`, () => {
      if (!existsSync(join(dir, 'config.d.ts'))) return;
      assert.equal(configSchema, 'config.d.ts');
      assert.ok(files.includes('config.d.ts'));
    });
    it(`${name} can be installed from anywhere where it is published`, () => {
      if (manifest.private) return;
      assert.equal(manifest.publishConfig?.access, 'public');
      const ours = Object.entries(dependencies).filter(([, range]) => /^workspace:/.test(range));
      assert.deepEqual(ours, [], 'npm cannot install what only this workspace holds');
    });
    it(`${name} names its siblings`, () => {
      for (const sibling of backstage?.pluginPackages ?? []) {
        assert.ok(
          packages.some(other => other.manifest.name === sibling),
          `${sibling} does not exist`,
        );
      }
    });
  }
});
