import assert from 'node:assert/strict';
import type { ContractCase } from '../ContractCase';
import { call, type GiteaTarget, withRepository } from './GiteaTarget';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Reading and writing files over the API: what Backstage's UrlReader and edit links use. */
export const contentsCases: readonly ContractCase<GiteaTarget>[] = [
  {
    name: 'reads a file with its content and a folder without',
    async run(target) {
      await withRepository(target, { auto_init: true }, async (name, path) => {
        const file = await call(target, `${path}/contents/README.md?ref=main`);
        assert.equal(file.status, 200);
        assert.equal(file.json.type, 'file');
        assert.equal(file.json.encoding, 'base64');
        const content = Buffer.from(String(file.json.content), 'base64');
        assert.match(content.toString(), new RegExp(`^# ${name}`));
        assert.equal(file.json.size, content.length);
        const page = `${target.url}/${target.org}/${name}`;
        assert.equal(file.json.html_url, `${page}/src/branch/main/README.md`);
        assert.equal(file.json.download_url, `${page}/raw/branch/main/README.md`);
        const folder = await call(target, `${path}/contents?ref=main`);
        assert.deepEqual(
          folder.list.map(entry => [entry.path, entry.content, entry.sha]),
          [['README.md', null, file.json.sha]],
        );
        const raw = await call(target, `${path}/raw/README.md?ref=main`);
        assert.deepEqual(raw.bytes, content);
        assert.match(raw.headers.get('content-type') ?? '', /^text\/plain/);
      });
    },
  },
  {
    name: 'answers 404 for a path, a branch and an empty repository that have no such file',
    async run(target) {
      await withRepository(target, { auto_init: true }, async (_name, path) => {
        const file = await call(target, `${path}/contents/none?ref=main`);
        assert.equal(file.status, 404);
        assert.equal(file.json.message, 'GetContentsOrList');
        const branch = await call(target, `${path}/contents/README.md?ref=none`);
        assert.equal(branch.status, 404);
        assert.equal((await call(target, `${path}/raw/none`)).status, 404);
      });
      await withRepository(target, {}, async (_name, path) => {
        assert.equal((await call(target, `${path}/contents/x?ref=main`)).status, 404);
      });
    },
  },
  {
    name: 'makes one commit per written file and refuses to overwrite blindly',
    async run(target) {
      await withRepository(target, { auto_init: true }, async (_name, path) => {
        const at = `${path}/contents/deep/er/a.txt`;
        const first = { content: base64('one'), message: 'Add a', branch: 'main' };
        const added = await call(target, at, { method: 'POST', body: first });
        assert.equal(added.status, 201);
        assert.equal(added.at('content.path'), 'deep/er/a.txt');
        assert.equal(added.at('commit.message'), 'Add a\n');
        const sha = String(added.at('content.sha'));
        const twice = await call(target, at, { method: 'POST', body: first });
        assert.equal(twice.status, 422);
        assert.equal(twice.json.message, 'repository file already exists [path: deep/er/a.txt]');
        const wrong = '0'.repeat(40);
        const stale = await call(target, at, { method: 'PUT', body: { ...first, sha: wrong } });
        assert.equal(stale.status, 422);
        assert.match(String(stale.json.message), /^sha does not match \[given: 0{40}, expected: /);
        const next = { ...first, content: base64('two'), sha };
        const updated = await call(target, at, { method: 'PUT', body: next });
        assert.equal(updated.status, 200);
        const commits = await call(target, `${path}/commits?path=deep/er/a.txt`);
        assert.equal(commits.list.length, 2);
        const removal = { sha: updated.at('content.sha'), branch: 'main' };
        const removed = await call(target, at, { method: 'DELETE', body: removal });
        assert.deepEqual([removed.status, removed.json.content], [200, null]);
        assert.equal((await call(target, at)).status, 404);
      });
    },
  },
  {
    name: 'writes nothing outside the repository, into .git or for strangers',
    async run(target) {
      await withRepository(target, { auto_init: true }, async (_name, path) => {
        const body = { content: base64('x'), message: 'm', branch: 'main' };
        const write = (file: string, authorization?: null) =>
          call(target, `${path}/contents/${file}`, { method: 'POST', body, authorization });
        assert.ok((await write('%2e%2e%2fx')).status >= 400);
        const git = await write('.git/config');
        assert.equal(git.status, 422);
        assert.match(String(git.json.message), /^path contains a malformed path component/);
        assert.equal((await write('ok', null)).status, 401);
      });
    },
  },
];
