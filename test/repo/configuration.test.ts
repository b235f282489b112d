import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { ConfigSources, loadConfigSchema, type ConfigSchema } from '@backstage/config-loader';

const root = resolve(__dirname, '../..');
const overlays = globSync('app-config.*.yaml', { cwd: root, exclude: ['*.local.yaml'] }).sort();

/** Schemas call every database connection a secret; this one leads nowhere. */
const NO_PLACE = ':memory:';

/** As `backstage-cli config:check` and `config:check --frontend` do it, and once for all files. */
describe('the configuration', () => {
  let schema: ConfigSchema;
  before(async () => {
    schema = await loadConfigSchema({
      dependencies: [],
      packagePaths: ['app', 'backend'].map(name => join(root, 'packages', name, 'package.json')),
    });
  });

  [['app-config.yaml'], ...overlays.map(file => ['app-config.yaml', file])].forEach(files => {
    const name = files.join(' with ');

    it(`${name} fits what the packages declare`, async () => {
      schema.process(await readConfigs(files));
      schema.process(await readConfigs(files), { visibility: ['frontend'] });
    });

    it(`${name} takes every secret from the environment and shows none to the browser`, async () => {
      const configs = await readConfigs(files);
      const valuesOf = (visibility: 'secret' | 'frontend') =>
        schema.process(configs, { visibility: [visibility] }).flatMap(({ data }) => leaves(data));
      const secrets = valuesOf('secret').filter(value => value !== NO_PLACE);
      assert.deepEqual(
        secrets.filter(value => !/^<\w+>$/.test(value)),
        [],
        'a secret in plain text',
      );
      assert.ok(secrets.length >= (SECRETS[files.at(-1)!] ?? 0), `only ${secrets} are secrets`);
      const shown = new Set(valuesOf('frontend'));
      assert.deepEqual(
        secrets.filter(value => shown.has(value)),
        [],
        'a secret that the browser gets to see',
      );
    });
  });
});

/** A check for secrets that finds none to look at proves nothing. */
const SECRETS: Readonly<Record<string, number>> = {
  'app-config.sandbox.yaml': 3,
  'app-config.production.yaml': 9,
};

/** A variable is filled in with its name, so that a value tells where it came from. */
async function readConfigs(files: readonly string[]) {
  const source = ConfigSources.default({
    argv: files.flatMap(file => ['--config', join(root, file)]),
    env: {},
    watch: false,
    substitutionFunc: async name => `<${name}>`,
  });
  for await (const { configs } of source.readConfigData()) return configs;
  throw new Error(`nothing was read of ${files}`);
}

function leaves(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return data === undefined ? [] : [String(data)];
  return Object.values(data).flatMap(leaves);
}
