import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
/* eslint-disable @backstage/no-relative-monorepo-imports -- the start is a program, not what the package offers */
import { readArguments } from '../../packages/backend/bin/readArguments';
import { readSettings } from '../../packages/backend/bin/readSettings';
/* eslint-enable @backstage/no-relative-monorepo-imports */

const root = resolve(__dirname, '../..');
const base = join(root, 'app-config.yaml');

describe('npm start', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-start-'));
    writeFileSync(join(folder, 'mine.yaml'), 'app:\n  title: ${TITLE}\n');
  });
  after(() => rmSync(folder, { recursive: true }));

  it("takes overlays from the caller's folder or from a URL, and keeps the sandbox away then", () => {
    const url = 'https://config.example.com/mine.yaml';
    assert.deepEqual(readArguments(['--config', 'mine.yaml', '--config', url], folder), {
      world: 'none',
      configs: [join(folder, 'mine.yaml'), url],
    });
    assert.equal(readArguments(['--config', 'mine.yaml', '--sandbox'], folder).world, 'sandbox');
    assert.throws(() => readArguments(['--config', 'yours.yaml'], folder), /yours\.yaml does not/);
  });

  it('names the variables that nobody has set', async () => {
    const files = [base, join(folder, 'mine.yaml')];
    assert.deepEqual((await readSettings(files, {})).unset, ['TITLE']);
    assert.deepEqual((await readSettings(files, { TITLE: 'Ours' })).unset, []);
  });

  it('knows an installation for a company from a first run', async () => {
    const WAYMARK_URL = 'https://portal.example.com';
    const production = join(root, 'app-config.production.yaml');
    const installed = await readSettings([base, production], { WAYMARK_URL });
    assert.equal(installed.environment, 'production');
    assert.equal(installed.url, WAYMARK_URL);
    assert.ok(installed.unset.includes('POSTGRES_PASSWORD'));
    assert.equal((await readSettings([base], {})).environment, 'development');
  });
});
