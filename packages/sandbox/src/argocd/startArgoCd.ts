import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import type { GitHost } from '../git/startGitHost';
import type { Push } from '../git/Push';
import { listenOnLoopback } from '../http/listenOnLoopback';
import type { KubernetesCluster } from '../kubernetes/KubernetesCluster';
import { apiVersionOf } from '../kubernetes/resources/Resource';
import { ArgoCdContext } from './api/ArgoCdContext';
import { createArgoCdApi } from './api/createArgoCdApi';
import { Sessions } from './api/Sessions';
import {
  type Application,
  APPLICATION_API,
  ARGOCD_NAMESPACE,
  sourcesOf,
} from './application/Application';
import { ApplicationController } from './controller/ApplicationController';
import { createArgoCdPages } from './pages/createArgoCdPages';
import { ManifestSource } from './source/ManifestSource';
import { Repositories } from './source/Repositories';

export interface ArgoCdOptions {
  cluster: KubernetesCluster;
  /** 0 takes a free one. */
  port: number;
  /** Where pushes are heard from at once, and whose repositories are read with its account. */
  gitHost: Pick<GitHost, 'url' | 'user' | 'password' | 'onPush'>;
  /** For copies of repositories; emptied at the start. */
  dir: string;
  /** The Helm program: a path, or a name on the PATH. */
  helm?: string;
  /** Bearer token of the API account `waymark`. */
  token: string;
  /** Who can sign in by password. */
  login?: { user: string; password: string };
  pollSeconds?: number;
}

export interface ArgoCd {
  readonly url: string;
  readonly controller: ApplicationController;
  stop(): Promise<void>;
}

/** Kubernetes minor version that charts are rendered for. */
const KUBE_VERSION = '1.36';

// timeout.reconciliation
const POLL_SECONDS = 120;

/** Argo CD on loopback: its controller over the sandbox's cluster, its HTTP API, and a page for each application. */
export async function startArgoCd(options: ArgoCdOptions): Promise<ArgoCd> {
  const { cluster, port, gitHost, dir, helm = 'helm', token } = options;
  const { login = { user: 'admin', password: token }, pollSeconds = POLL_SECONDS } = options;
  ensureProject(cluster);
  const home = join(dir, 'helm');
  const repositories = await Repositories.create({
    directory: join(dir, 'repositories'),
    credentials: gitHost,
  });
  await mkdir(home, { recursive: true });
  const source = new ManifestSource(repositories, {
    program: helm,
    home,
    kubeVersion: KUBE_VERSION,
    apiVersions: () => apiVersionsOf(cluster),
  });
  const controller = ApplicationController.start({ cluster, source, pollSeconds });
  const now = () => cluster.timeline.now();
  const sessions = new Sessions({ token, ...login, now });
  const argocd = new ArgoCdContext(cluster, controller, source, sessions);
  const app = express().disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.type('text').send('ok\n');
  });
  app.use('/api', createArgoCdApi(argocd));
  app.use(createArgoCdPages(argocd));
  const server = await listenOnLoopback(app, port);
  const stopListening = gitHost.onPush(push => {
    for (const application of controller.applications()) {
      if (isConcerned(application, push, gitHost.url)) {
        controller.refresh(application.metadata.name, 'latest');
      }
    }
  });
  return {
    url: server.url,
    controller,
    stop: async () => {
      stopListening();
      await Promise.all([server.close(), controller.stop()]);
    },
  };
}

/** The project that every Argo CD has, which allows everything. */
function ensureProject(cluster: KubernetesCluster): void {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ARGOCD_NAMESPACE } };
  cluster.apply(namespace, { manager: 'argocd' });
  const project = {
    apiVersion: APPLICATION_API,
    kind: 'AppProject',
    metadata: { name: 'default', namespace: ARGOCD_NAMESPACE },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ namespace: '*', server: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
  cluster.apply(project, { manager: 'argocd' });
}

function apiVersionsOf(cluster: KubernetesCluster): string[] {
  const all = cluster.resources.all();
  return [
    ...new Set(all.map(apiVersionOf)),
    ...all.map(resource => `${apiVersionOf(resource)}/${resource.kind}`),
  ];
}

/** As a webhook of the host is understood: same repository, and a branch that the application follows. */
function isConcerned(application: Application, push: Push, host: string): boolean {
  const pushed = `${host}/${push.owner}/${push.name}`;
  return sourcesOf(application.spec).some(
    ({ repoURL, targetRevision }) =>
      plain(repoURL) === plain(pushed) &&
      (!targetRevision ||
        targetRevision === 'HEAD' ||
        push.ref === `refs/heads/${targetRevision}` ||
        push.ref === targetRevision),
  );
}

const plain = (url: string): string => url.replace(/(\.git)?\/?$/, '').toLowerCase();
