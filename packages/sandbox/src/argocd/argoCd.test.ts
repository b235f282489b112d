import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argocdContract } from '../contract/argocd/argocdContract';
import type { ArgoCdTarget } from '../contract/argocd/ArgoCdTarget';
import { CASE_TIMEOUT_MS } from '../contract/patience';
import { type GitHost, startGitHost } from '../git/startGitHost';
import { mergePatch } from '../kubernetes/patch/mergePatch';
import { type SimulatedCluster, startSimulatedCluster } from '../kubernetes/startSimulatedCluster';
import { type ArgoCd, startArgoCd } from './startArgoCd';

describe('Argo CD of the sandbox', () => {
  const token = 'quiet-harbour';
  const account = { user: 'waymark', password: 'steady-lantern', org: 'shop' };
  let folder: string;
  let simulation: SimulatedCluster;
  let host: GitHost;
  let argocd: ArgoCd;
  let target: ArgoCdTarget;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'argo-cd-'));
    simulation = startSimulatedCluster();
    const { cluster } = simulation;
    cluster.timeline.followWallClock();
    host = await startGitHost({ port: 0, dir: join(folder, 'git'), ...account });
    argocd = await startArgoCd({
      cluster,
      port: 0,
      gitHost: host,
      dir: join(folder, 'argocd'),
      token,
      helm: process.env.HELM ?? 'helm',
    });
    target = {
      url: argocd.url,
      token,
      login: { user: 'admin', password: token },
      git: { url: host.url, ...account },
      read: async ref => cluster.get(ref),
      patch: async (ref, change) => {
        cluster.update(mergePatch(cluster.get(ref), change));
      },
    };
  });

  afterAll(async () => {
    await argocd.stop();
    await host.stop();
    simulation.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe('as the real one', () => {
    it.each(argocdContract)(
      '$name',
      async ({ run }) => {
        await expect(run(target)).resolves.toBeUndefined();
      },
      CASE_TIMEOUT_MS,
    );
  });
});
