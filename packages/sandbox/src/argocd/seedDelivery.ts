import { stringify } from 'yaml';
import type { GitHost } from '../git/startGitHost';
import type { KubernetesCluster } from '../kubernetes/KubernetesCluster';
import type { KubeObject } from '../kubernetes/objects/KubeObject';
import { timestamp } from '../kubernetes/store/transitions';
import {
  type Application,
  APPLICATION_API,
  ARGOCD_NAMESPACE,
  CASCADE_FINALIZER,
} from './application/Application';
import { targetObjects } from './compare/targetObjects';
import { ARGOCD_MANAGER } from './compare/tracking';
import { IN_CLUSTER } from './controller/specProblem';

export interface DeliverySeed {
  owner: string;
  repository: string;
  description: string;
  namespace: string;
  /** One folder and one application each. */
  services: readonly { name: string; objects: readonly KubeObject[] }[];
}

/**
 * Puts a system into Git and under Argo CD as if it had been deployed at the cluster's present time: Argo CD finds it
 * synced and has nothing to do. The namespace has to be there.
 */
export async function seedDelivery(
  { cluster, gitHost }: { cluster: KubernetesCluster; gitHost: GitHost },
  seed: DeliverySeed,
): Promise<void> {
  const revision = await commitManifests(gitHost, seed, cluster.timeline.now());
  ensureNamespace(cluster);
  for (const service of seed.services) {
    const application = applicationOf(service.name, seed, gitHost);
    const { resources } = targetObjects(application, service.objects, cluster.resources);
    for (const object of resources) cluster.apply(object, { manager: ARGOCD_MANAGER });
    const at = timestamp(cluster.timeline.now());
    cluster.create({ ...application, status: deployed(application, revision, at) });
  }
}

async function commitManifests(gitHost: GitHost, seed: DeliverySeed, at: Date): Promise<string> {
  const { repositories } = gitHost;
  const { owner, repository: name, description, services } = seed;
  const repository =
    repositories.get(owner, name) ??
    (await repositories.create({ owner, name, description, createdAt: at }));
  const commit = await repositories.commit(repository, {
    message: `Deploy ${services.map(service => service.name).join(', ')}`,
    at,
    author: { name: 'Platform team', email: 'platform@robot-shop.invalid' },
    changes: [
      { path: 'README.md', content: readme(seed) },
      ...services.flatMap(service =>
        service.objects.map(object => ({
          path: `${service.name}/${object.kind.toLowerCase()}-${object.metadata.name}.yaml`,
          content: stringify(object),
        })),
      ),
    ],
  });
  return commit.sha;
}

const readme = ({ repository, description, services }: DeliverySeed): string =>
  `# ${repository}\n\n${description}\n\nOne folder for each service, deployed by Argo CD:\n\n` +
  `${services.map(({ name }) => `- ${name}\n`).join('')}`;

function applicationOf(name: string, seed: DeliverySeed, gitHost: GitHost): Application {
  return {
    apiVersion: APPLICATION_API,
    kind: 'Application',
    metadata: {
      name,
      namespace: ARGOCD_NAMESPACE,
      labels: { 'app.kubernetes.io/part-of': seed.repository },
      finalizers: [CASCADE_FINALIZER],
    },
    spec: {
      project: 'default',
      source: {
        repoURL: `${gitHost.url}/${seed.owner}/${seed.repository}.git`,
        path: name,
        targetRevision: 'main',
      },
      destination: { server: IN_CLUSTER.server, namespace: seed.namespace },
      // No selfHeal: what somebody breaks by hand stays broken, and shows as drift.
      syncPolicy: { automated: { prune: true } },
    },
  };
}

function deployed({ spec }: Application, revision: string, at: string): Application['status'] {
  const { source, destination } = spec;
  const initiatedBy = { automated: true };
  return {
    sync: { status: 'Synced', revision, comparedTo: { source, destination } },
    health: { status: 'Progressing', lastTransitionTime: at },
    history: [{ id: 0, revision, source, deployStartedAt: at, deployedAt: at, initiatedBy }],
    operationState: {
      operation: { sync: { prune: true, revision, source }, initiatedBy, retry: { limit: 5 } },
      phase: 'Succeeded',
      message: 'successfully synced (all tasks run)',
      syncResult: { revision, source },
      startedAt: at,
      finishedAt: at,
    },
    reconciledAt: at,
  };
}

function ensureNamespace(cluster: KubernetesCluster): void {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ARGOCD_NAMESPACE } };
  cluster.apply(namespace, { manager: 'argocd' });
}
