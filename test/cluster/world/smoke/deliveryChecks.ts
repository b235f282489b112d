import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KubeObject } from '../kubeApi';
import { waitUntil } from '../waitUntil';
import { World } from '../world';
import { Check } from './check';
import { namespace } from './objects';

const run = promisify(execFile);
const repository = 'greeting';

const chart: Record<string, string> = {
  'Chart.yaml': 'apiVersion: v2\nname: greeting\nversion: 1.0.0\n',
  'values.yaml': 'greeting: hello\n',
  'templates/configmap.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }} }
data: { greeting: {{ .Values.greeting | quote }} }
`,
};

interface Application extends KubeObject {
  status?: { sync?: { status: string; revision: string }; health?: { status: string } };
}

const application = (repoURL: string): Application => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: repository, namespace: 'argocd' },
  spec: {
    project: 'default',
    source: { repoURL, path: 'chart', targetRevision: 'main' },
    destination: { server: 'https://kubernetes.default.svc', namespace },
    syncPolicy: { automated: { selfHeal: true, prune: true } },
  },
});

const syncs: Check = {
  name: 'Argo CD syncs a Helm chart from a private Gitea repository',
  async run(world) {
    const { gitea, argocd, controlPlane, dir } = world;
    assert.ok(gitea && argocd);
    await gitea.createRepository(repository, { private: true });
    const checkout = join(dir, 'checkout');
    writeFiles(join(checkout, 'chart'), chart);
    await git(checkout, ['init', '--quiet', '--initial-branch', 'main']);
    await git(checkout, ['remote', 'add', 'origin', gitea.cloneUrl(repository)]);
    const commit = await push(checkout);
    const repoURL = `${gitea.url}/${gitea.organisation}/${repository}.git`;
    await controlPlane.admin.apply(application(repoURL));
    await untilSynced(world, commit, 30);
    const seen = await argocd.api.send<Application>('GET', `/api/v1/applications/${repository}`);
    assert.equal(seen.status?.health?.status, 'Healthy');
    assert.equal(await greeting(world), 'hello');
  },
};

const followsPush: Check = {
  name: 'a push reaches the cluster within ten seconds',
  async run(world) {
    const checkout = join(world.dir, 'checkout');
    writeFiles(join(checkout, 'chart'), { 'values.yaml': 'greeting: good evening\n' });
    await untilSynced(world, await push(checkout), 10);
    assert.equal(await greeting(world), 'good evening');
  },
};

export const deliveryChecks = [syncs, followsPush];

async function untilSynced({ controlPlane }: World, commit: string, timeoutSeconds: number) {
  await waitUntil(
    async () => {
      const { status } = await controlPlane.admin.get<Application>(application(''));
      return status?.sync?.status === 'Synced' && status.sync.revision === commit;
    },
    { what: `commit ${commit.slice(0, 7)} is synced`, timeoutSeconds },
  );
}

async function greeting({ controlPlane }: World): Promise<string> {
  const metadata = { name: repository, namespace };
  const { data } = await controlPlane.admin.get<KubeObject & { data: { greeting: string } }>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
  });
  return data.greeting;
}

function writeFiles(dir: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
}

async function push(dir: string): Promise<string> {
  await git(dir, ['add', '--all']);
  await git(dir, ['commit', '--quiet', '--message', 'Change the greeting']);
  await git(dir, ['push', '--quiet', 'origin', 'main']);
  return (await git(dir, ['rev-parse', 'HEAD'])).trim();
}

async function git(cwd: string, args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=Waymark', '-c', 'user.email=waymark@localhost'];
  return (await run('git', [...identity, ...args], { cwd })).stdout;
}
