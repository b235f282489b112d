import { apiResources, graphReads, mergeReads, type Kind, type Reads } from '@waymark/kube-graph';
import { healthReads } from '@waymark/health';
import { readinessReads } from '@waymark/readiness';
import { dump } from 'js-yaml';

/** Everything that the portal reads of a cluster. Whatever reads more of it is merged here. */
export const portalReads: Reads = mergeReads(graphReads, readinessReads, healthReads);

const VERBS = ['get', 'list', 'watch'];

export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The kinds that rules and verdicts declare, and Argo CD's Applications. Never Secrets, whatever a rule declares. */
export function policyRules(reads: Reads): PolicyRule[] {
  if ('Secret' in reads)
    throw new Error('Secrets of a cluster are never read: a declaration names them');
  const resources = new Map<string, string[]>([['argoproj.io', ['applications']]]);
  for (const kind of Object.keys(reads) as Kind[]) {
    const { group, resource } = apiResources[kind];
    resources.set(group, [...(resources.get(group) ?? []), resource]);
  }
  return [...resources]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([group, names]) => ({ apiGroups: [group], resources: names.sort(), verbs: VERBS }));
}

/** The read-only role to bind to the portal's identity in each cluster. */
export const clusterRole = (): string =>
  [
    '# Written by npm run generate from what rules and verdicts declare to read.',
    '# Bind it to the identity that the portal uses. ConfigMaps are read whole by the API and kept as keys only; Secrets are never asked for.',
    dump(
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'waymark-read' },
        rules: policyRules(portalReads),
      },
      { noRefs: true, flowLevel: 3 },
    ),
  ].join('\n');
