import type { Application } from '../argocd/application/Application';
import type { HostedRepository } from '../git/HostedRepository';
import type { KubernetesCluster } from '../kubernetes/KubernetesCluster';
import type { KubeObject } from '../kubernetes/objects/KubeObject';
import type { FaultKind, Faults, WorkloadRef } from './Faults';

export interface WorkloadStatus extends WorkloadRef {
  kind: string;
  ready: number;
  wanted: number;
  fault?: string;
}

export interface ApplicationSummary {
  name: string;
  sync: string;
  health: string;
  revision: string;
  url: string;
}

export interface RepositorySummary {
  name: string;
  url: string;
  updatedAt: string;
}

/** Everything that the page and the command line show. */
export interface SandboxStatus {
  workloads: WorkloadStatus[];
  faults: readonly FaultKind[];
  applications: ApplicationSummary[];
  repositories: RepositorySummary[];
}

export interface SandboxParts {
  cluster: KubernetesCluster;
  faults: Faults;
  argocd: { url: string; controller: { applications(): Application[] } };
  gitHost: { url: string; repositories: { list(): HostedRepository[] } };
}

const kinds = ['Deployment', 'StatefulSet'];

export function sandboxStatus({ cluster, faults, argocd, gitHost }: SandboxParts): SandboxStatus {
  const objects: KubeObject[] = kinds.flatMap(kind => cluster.list(kind));
  return {
    workloads: objects.map(object => workloadStatus(object, faults)).sort(byName),
    faults: faults.kinds,
    applications: argocd.controller
      .applications()
      .map(({ metadata, status }) => ({
        name: metadata.name,
        sync: status?.sync?.status || 'Unknown',
        health: status?.health?.status || 'Unknown',
        revision: (status?.sync?.revision ?? '').slice(0, 10),
        url: `${argocd.url}/applications/${metadata.namespace}/${metadata.name}`,
      }))
      .sort(byName),
    repositories: gitHost.repositories
      .list()
      .map(({ record }) => ({
        name: `${record.owner}/${record.name}`,
        url: `${gitHost.url}/${record.owner}/${record.name}`,
        updatedAt: record.updatedAt,
      }))
      .sort(byName),
  };
}

interface Counted {
  spec?: { replicas?: number };
  status?: { readyReplicas?: number; numberReady?: number; desiredNumberScheduled?: number };
}

function workloadStatus(object: KubeObject, faults: Faults): WorkloadStatus {
  const { kind, metadata } = object;
  const { namespace = 'default', name } = metadata;
  const { spec, status } = object as Counted;
  const fault = faults.faultOf({ namespace, name });
  return {
    namespace,
    name,
    kind,
    ready: status?.readyReplicas ?? status?.numberReady ?? 0,
    wanted: status?.desiredNumberScheduled ?? spec?.replicas ?? 1,
    ...(fault && { fault }),
  };
}

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
