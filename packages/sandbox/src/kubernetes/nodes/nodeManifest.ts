import type { Node } from '../objects/cluster';
import { healthyConditions } from './NodeHealth';

export interface NodeShape {
  readonly zone: string;
  /** Third part of its address; with it the name is made, as EC2 makes names. */
  readonly subnet: number;
  readonly cpu: string;
  readonly memory: string;
}

/** A worker node as the VPC CNI, the cloud provider and the kubelet of EKS describe one. */
export function nodeManifest({ zone, subnet, cpu, memory }: NodeShape, now: Date): Node {
  const address = `10.0.${subnet}.10`;
  const name = `ip-10-0-${subnet}-10.eu-west-1.compute.internal`;
  const amounts = { cpu, memory, pods: '58', 'ephemeral-storage': '80Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'm7i.xlarge',
        'topology.kubernetes.io/region': 'eu-west-1',
        'topology.kubernetes.io/zone': zone,
      },
    },
    spec: { providerID: `aws:///${zone}/i-0sandbox${subnet}` },
    status: {
      capacity: amounts,
      allocatable: amounts,
      conditions: healthyConditions(now),
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: {
        architecture: 'amd64',
        containerRuntimeVersion: 'containerd://2.1.5',
        kubeletVersion: 'v1.36.3',
        operatingSystem: 'linux',
        osImage: 'Amazon Linux 2023',
      },
    },
  };
}
