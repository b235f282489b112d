import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';

const root = resolve(__dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '-z'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 16e6,
})
  .split('\0')
  .filter(Boolean);
const source = tracked.filter(
  file =>
    /\.(ts|tsx|mjs)$/.test(file) &&
    !/\.test\.|\/translation\.ts$|\/skeleton\/|\/generated\//.test(file),
);
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const linesOf = (file: string) => textOf(file).split('\n').length - 1;

/** Compass of STYLE.md §12; the outliers are printed so that a reader sees where to cut next. */
describe('sizes', () => {
  const sizes = source.map(linesOf).sort((a, b) => a - b);
  const quantile = (part: number) => sizes[Math.floor(sizes.length * part)];

  it('keeps files small', t => {
    const outliers = source
      .filter(file => linesOf(file) > 220)
      .map(file => `${file} ${linesOf(file)}`);
    t.diagnostic(
      `${source.length} files, median ${quantile(0.5)}, p90 ${quantile(0.9)}; over 220: ${outliers.join(', ') || 'none'}`,
    );
    assert.ok(quantile(0.5) <= 90, `median ${quantile(0.5)} lines`);
    assert.ok(quantile(0.9) <= 220, `p90 ${quantile(0.9)} lines`);
    assert.deepEqual(
      source.filter(file => linesOf(file) > 400),
      [],
    );
  });

  it('keeps plugin.ts a table of contents', () => {
    assert.deepEqual(
      source.filter(file => /\/plugin\.tsx?$/.test(file) && linesOf(file) > 80),
      [],
    );
  });

  it('keeps legacy.tsx thin', () => {
    assert.deepEqual(
      source.filter(file => file.endsWith('/legacy.tsx') && linesOf(file) > 60),
      [],
    );
  });
});

describe('sources', () => {
  it('have no drawers for odds and ends', () => {
    assert.deepEqual(
      source.filter(file => /\/(utils?|helpers?|common|misc|managers?)(\.tsx?|\/)/.test(file)),
      [],
    );
  });

  it('name no machine and no registry', () => {
    const text = tracked.filter(
      file => /\.(ts|tsx|js|mjs|json|ya?ml|md|lock|sh)$/.test(file) || file === '.ci/run',
    );
    const hosts =
      /registry\.(npmjs\.org|yarnpkg\.com)|proxy\.golang\.org|pypi\.org\/simple|\/root\/|\/home\/[a-z]+\/|\/work\//;
    const naming = text.filter(
      file => file !== 'test/repo/sources.test.ts' && hosts.test(textOf(file)),
    );
    assert.deepEqual(naming, []);
  });

  it('colour with tokens only', () => {
    const css = tracked.filter(file => file.endsWith('.module.css'));
    const literal = css.filter(file => /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i.test(textOf(file)));
    assert.deepEqual(literal, []);
    const deprecated = css.filter(file =>
      /--bui-(fg-(success|danger)|bg-solid)/.test(textOf(file)),
    );
    assert.deepEqual(deprecated, []);
  });

  it('leave nothing to do later', () => {
    assert.deepEqual(
      source.filter(
        file => /\b(TODO|FIXME|XXX)\b/.test(textOf(file)) && !file.startsWith('test/repo/'),
      ),
      [],
    );
  });
});
