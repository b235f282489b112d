import { createAdmissionChain } from './admission/createAdmissionChain';
import { type ClusterOptions, KubernetesCluster } from './KubernetesCluster';

const systemNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** A new, empty cluster as an API server leaves it: admission on, the system namespaces there. */
export function createCluster(options: Omit<ClusterOptions, 'admission'> = {}): KubernetesCluster {
  const cluster = KubernetesCluster.create({ ...options, admission: createAdmissionChain() });
  for (const name of systemNamespaces) {
    cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  return cluster;
}
