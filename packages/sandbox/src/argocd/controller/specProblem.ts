import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import {
  APPLICATION_API,
  ARGOCD_NAMESPACE,
  type ApplicationSpec,
  sourcesOf,
} from '../application/Application';

export const IN_CLUSTER = { name: 'in-cluster', server: 'https://kubernetes.default.svc' } as const;

/** Why Argo CD cannot work with the specification at all; undefined when it can. */
export function specProblem(
  cluster: KubernetesCluster,
  name: string,
  spec: Partial<ApplicationSpec> = {},
): string | undefined {
  return projectProblem(cluster, spec) ?? destinationProblem(name, spec) ?? sourceProblem(spec);
}

export function projectProblem(
  cluster: KubernetesCluster,
  { project = 'default' }: Partial<ApplicationSpec>,
): string | undefined {
  const found = cluster.get({
    apiVersion: APPLICATION_API,
    kind: 'AppProject',
    namespace: ARGOCD_NAMESPACE,
    name: project || 'default',
  });
  return found
    ? undefined
    : `app is not allowed in project "${project}", or the project does not exist`;
}

export function destinationProblem(
  application: string,
  { destination = {} }: Partial<ApplicationSpec>,
): string | undefined {
  const { server, name } = destination;
  const subject = `application destination spec for ${application} is invalid`;
  if (!server && !name) return `${subject}: Destination server missing from app spec`;
  if (server && name) {
    return `${subject}: application destination can't have both name and server defined: ${name} ${server}`;
  }
  if (server && server.replace(/\/$/, '') !== IN_CLUSTER.server) {
    return `${subject}: error getting cluster by server "${server}": rpc error: code = NotFound desc = cluster "${server}" not found`;
  }
  if (name && name !== IN_CLUSTER.name) {
    return `${subject}: error getting cluster by name "${name}": there are no clusters with this name: ${name}`;
  }
  return undefined;
}

function sourceProblem(spec: Partial<ApplicationSpec>): string | undefined {
  const sources = sourcesOf(spec);
  const complete = sources.every(
    ({ repoURL, path, chart, ref }) => repoURL && (path || chart || ref),
  );
  return sources.length > 0 && complete
    ? undefined
    : 'spec.source.repoURL and either spec.source.path or spec.source.chart are required';
}
