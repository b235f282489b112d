import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostedRepository } from '../git/HostedRepository';
import { type GitHost, startGitHost } from '../git/startGitHost';
import { createCluster } from '../kubernetes/createCluster';
import type { KubernetesCluster } from '../kubernetes/KubernetesCluster';
import type { KubeObject } from '../kubernetes/objects/KubeObject';
import type { Application } from './application/Application';
import { seedDelivery } from './seedDelivery';
import { type ArgoCd, startArgoCd } from './startArgoCd';

const namespace = 'robot-shop';

const deployment = (name: string, image: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image, resources: { requests: { cpu: '100m' } } }] },
    },
  },
});

const service = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 8080 }] },
});

describe('delivery in the sandbox', () => {
  let folder: string;
  let cluster: KubernetesCluster;
  let host: GitHost;
  let argocd: ArgoCd;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'delivery-'));
    cluster = createCluster();
    cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    const account = { apiVersion: 'v1', kind: 'ServiceAccount' };
    cluster.apply({ ...account, metadata: { name: 'default', namespace } });
    host = await startGitHost({
      port: 0,
      dir: join(folder, 'git'),
      user: 'waymark',
      password: 'steady-lantern',
      org: 'shop',
      now: () => cluster.timeline.now(),
    });
    await seedDelivery(
      { cluster, gitHost: host },
      {
        owner: 'shop',
        repository: 'robot-shop',
        description: 'A shop for robots',
        namespace,
        services: [
          { name: 'cart', objects: [deployment('cart', 'cart:1'), service('cart')] },
          { name: 'web', objects: [deployment('web', 'web:1'), service('web')] },
        ],
      },
    );
    cluster.timeline.followWallClock();
    argocd = await startArgoCd({
      cluster,
      port: 0,
      gitHost: host,
      dir: join(folder, 'argocd'),
      token: 'quiet-harbour',
      helm: process.env.HELM ?? 'helm',
    });
  });

  afterAll(async () => {
    await argocd.stop();
    await host.stop();
    cluster.timeline.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (name: string) => argocd.controller.get(name) as Application;

  /** The application once the condition holds of it. */
  async function until(name: string, holds: (application: Application) => boolean) {
    const started = Date.now();
    while (!holds(get(name))) {
      if (Date.now() - started > 10_000) throw new Error(JSON.stringify(get(name).status));
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    return get(name);
  }

  const create = (name: string, path: string, rest: object = {}) =>
    cluster.create({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace: 'argocd' },
      spec: {
        project: 'default',
        source: { repoURL: `${host.url}/shop/robot-shop.git`, path, targetRevision: 'main' },
        destination: { name: 'in-cluster', namespace },
        syncPolicy: { automated: { selfHeal: true, prune: true } },
        ...rest,
      },
    });

  const commit = (path: string, content: string | undefined, message = `Change ${path}`) => {
    const repository = host.repositories.get('shop', 'robot-shop') as HostedRepository;
    return host.repositories.commit(repository, { message, changes: [{ path, content }] });
  };

  const setStatus = (kind: string, name: string, status: object) => {
    const live = cluster.get({ kind, namespace, name });
    if (!live) throw new Error(`there is no ${kind} ${name}`);
    return cluster.update({ ...live, status }, { part: 'status' });
  };

  it('finds a seeded system synced and has nothing to do', async () => {
    await argocd.controller.refresh('cart', 'hard');
    const { status, operation } = get('cart');
    expect(operation).toBeUndefined();
    expect(status?.sync?.status).toBe('Synced');
    expect(status?.sourceType).toBe('Directory');
    expect(status?.resources?.map(({ kind, status: is }) => [kind, is])).toEqual([
      ['Service', 'Synced'],
      ['Deployment', 'Synced'],
    ]);
    expect(status?.history).toHaveLength(1);
    expect(status?.conditions).toBeUndefined();
  });

  it('follows a push without being asked, and shows what runs', async () => {
    const manifest = JSON.stringify(deployment('cart', 'cart:2'));
    const { sha } = await commit('cart/deployment-cart.yaml', manifest);
    const application = await until(
      'cart',
      ({ status }) => status?.sync?.status === 'Synced' && status.history?.length === 2,
    );
    expect(application.status?.history?.[1]).toMatchObject({
      id: 1,
      revision: sha,
      initiatedBy: { automated: true },
    });
    const live = cluster.get({ kind: 'Deployment', namespace, name: 'cart' });
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'cart',
      uid: live?.metadata.uid ?? '',
      controller: true,
    };
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'cart-1', namespace, ownerReferences: [owner] },
      spec: (live as KubeObject).spec,
    });
    const parent = cluster.get({ kind: 'ReplicaSet', namespace, name: 'cart-1' });
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'cart-1-a',
        namespace,
        ownerReferences: [
          { ...owner, kind: 'ReplicaSet', name: 'cart-1', uid: parent?.metadata.uid ?? '' },
        ],
      },
      spec: { containers: [{ name: 'cart', image: 'cart:2' }] },
    });
    await until('cart', ({ status }) => status?.summary?.images?.[0] === 'cart:2');
    const tree = await fetch(`${argocd.url}/api/v1/applications/cart/resource-tree`, {
      headers: { authorization: 'Bearer quiet-harbour' },
    });
    const { nodes } = (await tree.json()) as { nodes: { kind: string; parentRefs?: object[] }[] };
    expect(nodes.map(({ kind, parentRefs = [] }) => [kind, parentRefs.length])).toEqual([
      ['Service', 0],
      ['Deployment', 0],
      ['ReplicaSet', 1],
      ['Pod', 1],
    ]);
  });

  it('takes its health from what runs', async () => {
    const { generation } = (
      cluster.get({ kind: 'Deployment', namespace, name: 'web' }) as KubeObject
    ).metadata;
    const counts = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
    setStatus('Deployment', 'web', { observedGeneration: generation, ...counts });
    await until('web', ({ status }) => status?.health?.status === 'Healthy');
    setStatus('Deployment', 'web', {
      observedGeneration: generation,
      ...counts,
      availableReplicas: 0,
      conditions: [
        { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '' },
      ],
    });
    const { status } = await until('web', app => app.status?.health?.status === 'Degraded');
    expect(status?.sync?.status).toBe('Synced');
  });

  it('waits in a sync for hooks to end, and fails when one does', async () => {
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'migrate', annotations: { 'argocd.argoproj.io/hook': 'PreSync' } },
      spec: {
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } },
      },
    };
    await commit('ledger/job.json', JSON.stringify(job));
    await commit('ledger/service.json', JSON.stringify(service('ledger')));
    create('ledger', 'ledger', { syncPolicy: { automated: {}, retry: { limit: 0 } } });
    const waiting = await until('ledger', ({ status }) =>
      Boolean(status?.operationState?.message?.startsWith('waiting for healthy state')),
    );
    expect(waiting.status?.operationState?.message).toBe(
      'waiting for healthy state of batch/Job/migrate',
    );
    expect(cluster.get({ kind: 'Service', namespace, name: 'ledger' })).toBeUndefined();
    setStatus('Job', 'migrate', { conditions: [{ type: 'Complete', status: 'True' }] });
    const done = await until('ledger', ({ status }) => status?.sync?.status === 'Synced');
    expect(done.status?.resources?.map(({ kind }) => kind)).toEqual(['Service']);

    await fetch(`${argocd.url}/api/v1/applications/ledger/sync`, {
      method: 'POST',
      headers: { authorization: 'Bearer quiet-harbour', 'content-type': 'application/json' },
      body: '{}',
    });
    await until('ledger', ({ status }) => status?.operationState?.message !== undefined);
    setStatus('Job', 'migrate', {
      conditions: [{ type: 'Failed', status: 'True', message: 'migration 7 failed' }],
    });
    const failed = await until('ledger', app => app.status?.operationState?.phase === 'Failed');
    expect(failed.status?.operationState?.message).toBe(
      'one or more synchronization tasks completed unsuccessfully, reason: migration 7 failed',
    );
  });

  it.each([
    ['outside', { path: '../..' }, / = \.\.\/\.\.: app path outside root$/],
    [
      'values',
      { path: 'chart', helm: { valueFiles: ['../../etc/passwd'] } },
      / = file '..\/..\/etc\/passwd' resolved to outside repository root$/,
    ],
    [
      'revision',
      { path: 'cart', targetRevision: 'none' },
      /unable to resolve 'none' to a commit SHA/,
    ],
    ['protocol', { path: 'cart', repoURL: 'ext::sh -c id' }, /failed to list refs: .*not allowed/],
    ['kustomized', { path: 'kustomized' }, /Kustomize is not part of the sandbox$/],
  ])('says why it cannot deploy: %s', async (name, source, message) => {
    await commit('chart/Chart.yaml', 'apiVersion: v2\nname: chart\nversion: 0.1.0\n');
    await commit('kustomized/kustomization.yaml', 'resources: []\n');
    const repoURL = `${host.url}/shop/robot-shop.git`;
    create(name, '', { source: { repoURL, targetRevision: 'main', ...source } });
    const { status } = await until(name, app => Boolean(app.status?.conditions?.length));
    expect(status?.conditions?.[0]).toMatchObject({ type: 'ComparisonError' });
    expect(status?.conditions?.[0].message).toMatch(message);
    expect(status?.sync?.status).toBe('Unknown');
  });

  it('says what is wrong with a specification', async () => {
    create('lost', 'cart', { project: 'none' });
    const { status } = await until('lost', app => Boolean(app.status?.conditions?.length));
    expect(status?.conditions?.[0].type).toBe('InvalidSpecError');
    expect(status?.health?.status).toBe('Unknown');
  });

  it('has a page for every application', async () => {
    const page = async (path: string) => {
      const response = await fetch(`${argocd.url}${path}`);
      return { status: response.status, text: await response.text() };
    };
    expect((await page('/applications')).text).toContain('/applications/argocd/cart');
    const cart = await page('/applications/argocd/cart');
    expect(cart.status).toBe(200);
    expect(cart.text).toContain(`${host.url}/shop/robot-shop`);
    expect((await page('/applications/argocd/none')).status).toBe(404);
  });
});
