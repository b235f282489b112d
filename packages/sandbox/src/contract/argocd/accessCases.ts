import assert from 'node:assert/strict';
import { Answer } from '../Answer';
import type { ContractCase } from '../ContractCase';
import { type ArgoCdTarget, call } from './ArgoCdTarget';

const session = (target: ArgoCdTarget, body: unknown, headers: Record<string, string>) =>
  Answer.to(`${target.url}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });

const json = { 'content-type': 'application/json' };

/** Who may call, and how refusals look. */
export const accessCases: readonly ContractCase<ArgoCdTarget>[] = [
  {
    name: 'tells its version to anyone',
    async run(target) {
      const answer = await Answer.to(`${target.url}/api/version`);
      assert.match(String(answer.json.Version), /^v\d+\.\d+\.\d+/);
    },
  },
  {
    name: 'answers 401 without a token or with a wrong one',
    async run(target) {
      for (const headers of [undefined, { authorization: 'Bearer wrong' }]) {
        const answer = await Answer.to(`${target.url}/api/v1/applications`, { headers });
        assert.equal(answer.status, 401);
        const message = 'no session information';
        assert.deepEqual(answer.json, { error: message, code: 16, message });
      }
      const stream = await Answer.to(`${target.url}/api/v1/stream/applications`);
      assert.equal(stream.status, 401);
      assert.deepEqual(stream.json, {
        error: {
          grpc_code: 16,
          http_code: 401,
          message: 'no session information',
          http_status: 'Unauthorized',
        },
      });
    },
  },
  {
    name: 'refuses a POST that does not say that it is JSON, login included',
    async run(target) {
      const { user: username, password } = target.login;
      const answer = await session(
        target,
        { username, password },
        { 'content-type': 'text/plain' },
      );
      assert.equal(answer.status, 415);
      assert.equal(answer.text.trim(), 'Invalid content type');
    },
  },
  {
    name: 'gives a token for the right password only',
    async run(target) {
      const { user: username, password } = target.login;
      const wrong = await session(target, { username, password: 'wrong' }, json);
      assert.equal(wrong.status, 401);
      assert.equal(wrong.json.message, 'Invalid username or password');
      const none = await session(target, {}, json);
      assert.deepEqual([none.status, none.json.message], [401, 'no credentials supplied']);
      const right = await session(target, { username, password }, json);
      assert.equal(right.status, 200);
      const authorization = `Bearer ${right.json.token}`;
      const list = await call(target, '/applications', { headers: { authorization } });
      assert.equal(list.status, 200);
    },
  },
  {
    name: 'tells that an application is missing only to those who name its project',
    async run(target) {
      const hidden = await call(target, '/applications/there-is-none');
      assert.equal(hidden.status, 403);
      assert.deepEqual(hidden.json, {
        error: 'permission denied',
        code: 7,
        message: 'permission denied',
      });
      const missing = await call(target, '/applications/there-is-none?project=default');
      assert.equal(missing.status, 404);
      assert.equal(missing.json.code, 5);
      assert.equal(missing.json.message, 'applications.argoproj.io "there-is-none" not found');
      for (const name of ['..', '..%2Fprojects', '%2e%2e%2f%2e%2e%2fversion']) {
        const hostile = await call(target, `/applications/${name}/sync`, { method: 'POST' });
        assert.ok(hostile.status >= 400, name);
      }
    },
  },
  {
    name: 'lists projects and refuses selectors that are none',
    async run(target) {
      const projects = await call(target, '/projects');
      const names = (projects.json.items as { metadata: { name: string } }[]).map(
        ({ metadata }) => metadata.name,
      );
      assert.ok(names.includes('default'));
      const selector = await call(target, '/applications?selector=a%3D%3Db%3D%3Dc');
      assert.deepEqual([selector.status, selector.json.code], [500, 2]);
      const nobody = await call(target, '/applications?projects=there-is-none');
      assert.equal(nobody.json.items, null);
    },
  },
];
