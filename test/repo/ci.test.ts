import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { judged, readClosingLine } from '../suites/Count';

const root = resolve(__dirname, '../..');

/** What the three scripts print, in a shell's words. A program of test:cluster has closing lines of its own. */
const GREEN = {
  test: 'echo "test: 3 passed, 0 failed"',
  'test:e2e': 'echo "test:e2e: 4 passed, 0 failed"',
  'test:cluster':
    'echo "1 passed, 0 failed"; echo "test:e2e: 1 passed, 0 failed"; echo "test:cluster: 2 passed, 0 failed, 1 skipped"',
};

const ENDS: readonly (readonly [
  what: string,
  scripts: Partial<typeof GREEN>,
  closing: string,
  code: number,
])[] = [
  ['adds up all three', {}, '9 passed, 0 failed, 1 skipped', 0],
  [
    'takes no part for the whole of a script that died',
    { 'test:cluster': 'echo "1 passed, 0 failed"; kill -9 $$' },
    '7 passed, 1 failed',
    1,
  ],
  [
    'counts a failure that the script does not name',
    { 'test:e2e': `${GREEN['test:e2e']}; exit 3` },
    '9 passed, 1 failed, 1 skipped',
    1,
  ],
  [
    'counts a failure that the script names once',
    { test: 'echo "test: 2 passed, 1 failed"; exit 1' },
    '8 passed, 1 failed, 1 skipped',
    1,
  ],
];

describe('.ci/run', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-ci-'));
    cpSync(join(root, '.ci'), join(folder, '.ci'), { recursive: true });
    // Of `npm run --silent <script>`; the others are what it would install.
    write('npm', 'exec sh "$(dirname "$0")/$3"');
    for (const name of ['chromium', 'redis-server', 'apt-get']) write(name, '');
  });
  after(() => rmSync(folder, { recursive: true }));

  function write(name: string, commands: string) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${commands}\n`);
    chmodSync(join(folder, name), 0o755);
  }

  ENDS.forEach(([what, scripts, closing, code]) => {
    it(what, () => {
      for (const [name, commands] of Object.entries({ ...GREEN, ...scripts }))
        write(name, commands);
      const { stdout, status } = spawnSync(join(folder, '.ci/run'), {
        encoding: 'utf8',
        env: { ...process.env, PATH: [folder, process.env.PATH].join(delimiter) },
      });
      assert.equal(stdout.trim().split('\n').at(-1), closing, stdout);
      assert.equal(status, code);
    });
  });
});

describe('the count of a program', () => {
  const good = { passed: 2, failed: 0, skipped: 1 };

  it('is what its last closing line says', () => {
    const output = '7 passed, 1 failed\n\ntest:e2e: 2 passed, 0 failed, 1 skipped\n';
    assert.deepEqual(readClosingLine({ output, code: 0 }), good);
  });

  it('has a failure more when nothing ran, or when it ended badly without naming one', () => {
    const nothing = { passed: 0, failed: 0, skipped: 0 };
    assert.equal(readClosingLine({ output: 'no line\n', code: 0 }).failed, 1);
    assert.equal(readClosingLine({ output: '0 passed, 0 failed\n', code: 0 }).failed, 1);
    assert.equal(judged(nothing).failed, 1);
    assert.equal(judged(good, 1).failed, 1);
    assert.equal(judged({ ...good, failed: 1 }, 1).failed, 1);
    assert.deepEqual(judged(good), good);
  });
});
