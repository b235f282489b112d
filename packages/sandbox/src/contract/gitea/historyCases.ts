import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import type { ContractCase } from '../ContractCase';
import { valueAt } from '../Answer';
import { call, type GiteaTarget, withRepository } from './GiteaTarget';

/** Branches, commits and archives: how Backstage knows that a tree has changed, and reads it whole. */
export const historyCases: readonly ContractCase<GiteaTarget>[] = [
  {
    name: 'resolves a branch to its commit',
    async run(target) {
      await withRepository(target, { auto_init: true }, async (_name, path) => {
        const commit = await call(target, `${path}/git/commits/main`);
        assert.equal(commit.status, 200);
        const sha = String(commit.json.sha);
        assert.match(sha, /^[0-9a-f]{40}$/);
        assert.match(String(commit.json.html_url), new RegExp(`/commit/${sha}$`));
        assert.equal(commit.at('commit.message'), 'Initial commit\n');
        const branch = await call(target, `${path}/branches/main`);
        assert.equal(branch.at('commit.id'), sha);
        const branches = await call(target, `${path}/branches`);
        assert.deepEqual(
          branches.list.map(({ name }) => name),
          ['main'],
        );
        const commits = await call(target, `${path}/commits?sha=main&limit=1`);
        assert.equal(valueAt(commits.list[0], 'sha'), sha);
        const bySha = await call(target, `${path}/git/commits/${sha}`);
        assert.equal(bySha.json.sha, sha);
      });
    },
  },
  {
    name: 'says which branch or commit is not there',
    async run(target) {
      await withRepository(target, { auto_init: true }, async (_name, path) => {
        const commit = await call(target, `${path}/git/commits/none`);
        assert.deepEqual([commit.status, commit.json.message], [404, "commit doesn't exist: none"]);
        assert.equal((await call(target, `${path}/branches/none`)).status, 404);
        assert.equal((await call(target, `${path}/commits?sha=none`)).status, 404);
        const archive = await call(target, `${path}/archive/none.tar.gz`);
        assert.equal(archive.status, 404);
        assert.equal(archive.json.message, 'unrecognized repository reference: none');
      });
      await withRepository(target, {}, async (_name, path) => {
        const empty = await call(target, `${path}/commits`);
        assert.deepEqual([empty.status, empty.json.message], [409, 'Git Repository is empty.']);
        assert.equal((await call(target, `${path}/branches`)).text.trim(), 'null');
      });
    },
  },
  {
    name: 'packs a tree under one folder with the name of the repository',
    async run(target) {
      await withRepository(target, { auto_init: true }, async (name, path) => {
        const archive = await call(target, `${path}/archive/main.tar.gz`);
        assert.equal(archive.status, 200);
        assert.match(archive.headers.get('content-type') ?? '', /^application\/octet-stream/);
        const tar = gunzipSync(archive.bytes).toString('latin1');
        assert.ok(tar.includes(`${name}/README.md`));
      });
    },
  },
];
