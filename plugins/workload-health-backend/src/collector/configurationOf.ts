import {
  configReferences,
  type Graph,
  podTemplateOf,
  podTemplateReads,
  type Reads,
  type Workload,
} from '@waymark/kube-graph';

/**
 * Annotations on the pod template by which charts and reloaders restart the pods of a configuration that changed; each
 * holds a digest.
 * Sources: https://helm.sh/docs/howto/charts_tips_and_tricks/#automatically-roll-deployments and
 * https://github.com/stakater/Reloader
 */
const CHECKSUMS = [
  'checksum/config',
  'checksum/configmap',
  'checksum/env',
  'checksum/secret',
  'checksum/secrets',
  'reloader.stakater.com/last-reloaded-from',
];

/** What must be kept of a pod template to tell whether its configuration is another. */
export const configurationReads: Reads = podTemplateReads(
  ...CHECKSUMS.map(name => `/metadata/annotations/${name.replaceAll('/', '~1')}` as const),
);

/** What stands for a workload's configuration, by where it comes from: digests and versions, never a value. */
export type Configuration = Readonly<Record<string, string>>;

/** What cannot be read is left out. Secrets are never read: a checksum or the annotation of a reloader speaks for them. */
export function configurationOf(workload: Workload, graph: Graph): Configuration {
  const annotations = podTemplateOf(workload).metadata?.annotations ?? {};
  const checksums = CHECKSUMS.flatMap(name =>
    annotations[name] ? [[name, annotations[name]] as const] : [],
  );
  const maps = configReferences(workload).flatMap(({ kind, name }) => {
    if (kind !== 'ConfigMap') return [];
    const map = graph.get(kind, workload.metadata.namespace, name);
    const version = map?.metadata.resourceVersion;
    return version ? [[`ConfigMap ${name}`, version] as const] : [];
  });
  return Object.fromEntries([...checksums, ...maps]);
}

/** Where both say something and not the same. What one of them does not know is no change. */
export function changedConfiguration(from: Configuration = {}, to: Configuration = {}): string[] {
  return Object.keys(to).filter(source => source in from && from[source] !== to[source]);
}
