import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Answer } from '../Answer';
import type { ContractCase } from '../ContractCase';
import { eventually } from '../eventually';
import { basic, call, type GiteaTarget, withRepository } from './GiteaTarget';

const run = promisify(execFile);

/** Clone and push with the real Git command. */
export const transportCases: readonly ContractCase<GiteaTarget>[] = [
  {
    name: 'takes a push and gives it to a clone',
    async run(target) {
      await withRepository(target, {}, (name, path) =>
        inFolder(async folder => {
          const url = `${target.url}/${target.org}/${name}.git`;
          const sha = await pushOneFile(folder, withAccount(target, url));
          // Gitea notes the first push after it has taken it; until then the repository counts as empty.
          await eventually(
            'at the pushed commit',
            () => call(target, `${path}/git/commits/main`),
            commit => commit.status === 200 && commit.json.sha === sha,
          );
          await git(folder, 'clone', '--quiet', url, 'copy');
          assert.equal(await readFile(join(folder, 'copy', 'a.txt'), 'utf8'), 'hello\n');
        }),
      );
    },
  },
  {
    name: 'lets nobody push or read what is private without an account',
    async run(target) {
      await withRepository(target, { private: true }, (name, path) =>
        inFolder(async folder => {
          const url = `${target.url}/${target.org}/${name}.git`;
          await assert.rejects(pushOneFile(folder, url));
          assert.equal((await call(target, path)).json.empty, true);
          await assert.rejects(git(folder, 'clone', '--quiet', url, 'copy'));
          await git(folder, 'clone', '--quiet', withAccount(target, url), 'copy');
        }),
      );
    },
  },
  {
    name: 'answers the discovery of references as Git expects it',
    async run(target) {
      await withRepository(target, { auto_init: true }, async name => {
        const at = `${target.url}/${target.org}/${name}.git/info/refs?service=`;
        const fetched = await Answer.to(`${at}git-upload-pack`);
        assert.equal(fetched.status, 200);
        assert.equal(
          fetched.headers.get('content-type'),
          'application/x-git-upload-pack-advertisement',
        );
        const push = await Answer.to(`${at}git-receive-pack`);
        assert.equal(push.status, 401);
        assert.match(push.headers.get('www-authenticate') ?? '', /^Basic /);
        const authorization = basic(target.user, 'wrong');
        const wrong = await Answer.to(`${at}git-upload-pack`, { headers: { authorization } });
        assert.equal(wrong.status, 401);
      });
      const none = `${target.url}/${target.org}/there-is-none.git/info/refs?service=`;
      const headers = { authorization: basic(target.user, target.password) };
      assert.equal((await Answer.to(`${none}git-upload-pack`)).status, 401);
      assert.equal((await Answer.to(`${none}git-upload-pack`, { headers })).status, 404);
      assert.equal((await Answer.to(`${none}git-receive-pack`, { headers })).status, 403);
    },
  },
];

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gitea-contract-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the pushed commit. */
async function pushOneFile(folder: string, url: string): Promise<string> {
  await git(folder, 'init', '--quiet', '-b', 'main', 'work');
  const work = join(folder, 'work');
  await writeFile(join(work, 'a.txt'), 'hello\n');
  await git(work, 'add', '.');
  await git(work, '-c', 'user.name=A', '-c', 'user.email=a@b.invalid', 'commit', '-qm', 'First');
  await git(work, 'push', '--quiet', url, 'main');
  return (await git(work, 'rev-parse', 'HEAD')).trim();
}

function withAccount({ user, password }: GiteaTarget, url: string): string {
  const address = new URL(url);
  address.username = user;
  address.password = password;
  return String(address);
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
      GIT_TERMINAL_PROMPT: '0',
    },
  });
  return stdout;
}
