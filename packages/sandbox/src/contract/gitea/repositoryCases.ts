import assert from 'node:assert/strict';
import type { ContractCase } from '../ContractCase';
import { basic, call, type GiteaTarget, withRepository } from './GiteaTarget';

/** Creating and describing: what `publish:gitea`, `waymark:publish` and pickers call. */
export const repositoryCases: readonly ContractCase<GiteaTarget>[] = [
  {
    name: 'tells its version to anyone, but not to someone with a wrong password',
    async run(target) {
      const open = await call(target, '/version', { authorization: null });
      assert.equal(open.status, 200);
      assert.match(String(open.json.version), /^\d+\.\d+/);
      const wrong = await call(target, '/version', { authorization: basic(target.user, 'no') });
      assert.equal(wrong.status, 401);
      assert.equal(wrong.json.message, 'invalid username, password or token');
    },
  },
  {
    name: 'knows its organisation and answers 404 for another',
    async run(target) {
      const known = await call(target, `/orgs/${target.org}`, { authorization: null });
      assert.equal(known.status, 200);
      assert.equal(known.json.username, target.org);
      const unknown = await call(target, '/orgs/there-is-none');
      assert.equal(unknown.status, 404);
      assert.equal(unknown.json.message, 'GetOrgByName');
      assert.deepEqual(unknown.json.errors, ['user redirect does not exist [name: there-is-none]']);
      assert.match(String(unknown.json.url), /\/api\/swagger$/);
    },
  },
  {
    name: 'creates a repository once, whatever the case of its name',
    async run(target) {
      await withRepository(target, { default_branch: 'trunk' }, async (name, path, created) => {
        assert.equal(created.status, 201);
        assert.equal(created.json.full_name, `${target.org}/${name}`);
        assert.equal(created.json.default_branch, 'trunk');
        assert.equal(created.json.empty, true);
        assert.equal(created.json.private, false);
        assert.equal(created.json.html_url, `${target.url}/${target.org}/${name}`);
        assert.equal(created.json.clone_url, `${target.url}/${target.org}/${name}.git`);
        assert.equal(created.at('owner.login'), target.org);
        assert.deepEqual(created.json.permissions, { admin: true, push: true, pull: true });
        const again = await call(target, `/orgs/${target.org}/repos`, {
          method: 'POST',
          body: { name: name.toUpperCase() },
        });
        assert.equal(again.status, 409);
        assert.equal(again.json.message, 'The repository with the same name already exists.');
        const read = await call(target, path.toUpperCase().replace('/REPOS', '/repos'));
        assert.equal(read.json.name, name);
      });
    },
  },
  {
    name: 'creates nothing without an account or in an unknown organisation',
    async run(target) {
      const anonymous = await call(target, `/orgs/${target.org}/repos`, {
        method: 'POST',
        body: { name: 'x' },
        authorization: null,
      });
      assert.equal(anonymous.status, 401);
      assert.equal(anonymous.json.message, 'token is required');
      const elsewhere = await call(target, '/orgs/there-is-none/repos', {
        method: 'POST',
        body: { name: 'x' },
      });
      assert.equal(elsewhere.status, 404);
    },
  },
  ...Object.entries({
    '': '[Name]: Required',
    'a/../b': '[Name]: AlphaDashDot',
    '"quoted"': '[Name]: AlphaDashDot',
    '😀': '[Name]: AlphaDashDot',
    'a.git': 'name pattern is not allowed [pattern: *.git]',
    ['a'.repeat(101)]: '[Name]: MaxSize',
  }).map(([name, message]) => ({
    name: `refuses the name ${JSON.stringify(name.slice(0, 12))}`,
    async run(target: GiteaTarget) {
      const body = { name };
      const answer = await call(target, `/orgs/${target.org}/repos`, { method: 'POST', body });
      assert.equal(answer.status, 422);
      assert.equal(answer.json.message, message);
    },
  })),
  {
    name: 'shows a private repository only to those who may see it',
    async run(target) {
      await withRepository(target, { private: true, auto_init: true }, async (_name, path) => {
        const hidden = await call(target, path, { authorization: null });
        assert.equal(hidden.status, 404);
        assert.deepEqual([hidden.json.message, hidden.json.errors], ['not found', null]);
        const shown = await call(target, path);
        assert.deepEqual([shown.status, shown.json.private], [200, true]);
        const byToken = await call(target, path, { authorization: 'token wrong' });
        assert.equal(byToken.status, 401);
      });
    },
  },
  {
    name: 'edits and deletes',
    async run(target) {
      await withRepository(target, { auto_init: true }, async (_name, path) => {
        const body = { description: 'Other words', default_branch: 'not-there' };
        const edited = await call(target, path, { method: 'PATCH', body });
        assert.equal(edited.status, 200);
        assert.equal(edited.json.description, 'Other words');
        assert.equal(edited.json.default_branch, 'main');
        const anonymous = await call(target, path, { method: 'DELETE', authorization: null });
        assert.equal(anonymous.status, 401);
        assert.equal((await call(target, path, { method: 'DELETE' })).status, 204);
        assert.equal((await call(target, path)).status, 404);
        assert.equal((await call(target, path, { method: 'DELETE' })).status, 404);
      });
    },
  },
];
