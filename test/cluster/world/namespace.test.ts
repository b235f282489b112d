import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { rerunInNamespace } from './namespace';

const path = process.env.PATH;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'namespace-'));
  process.env.PATH = `${folder}:${path}`;
});

afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

/** An unshare(1) of the test's own, the first on the PATH. */
const unshare = (...lines: string[]) =>
  writeFileSync(join(folder, 'unshare'), ['#!/bin/sh', ...lines].join('\n'), { mode: 0o755 });

const options = { timeout: 10_000 };

test('where namespaces are refused, it says what to do', options, async () => {
  unshare('echo "unshare: unshare failed: Operation not permitted" >&2', 'exit 1');
  await assert.rejects(
    rerunInNamespace(),
    /unshare failed: Operation not permitted.* sysctl kernel\.apparmor_restrict_unprivileged_userns=0/,
  );
});

test('a child that ends before it is in its namespace is not waited for', options, async () => {
  unshare('[ "$#" -le 5 ] || exit 3');
  assert.equal(await rerunInNamespace(), 3);
});
