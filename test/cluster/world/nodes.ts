/** A node of the world, placed as EKS places its instances: one zone after the other. */
export interface NodePlace {
  name: string;
  ip: string;
  podNetwork: string;
  labels: Record<string, string>;
}

/** With its length, all addresses below it are local: EndpointSlices refuse those of 127/8. */
export const podAddresses = '10.244.0.1/16';

const region = 'eu-west-1';
const zones = ['a', 'b', 'c'].map(letter => `${region}${letter}`);

export function nodePlaces(count: number): NodePlace[] {
  return Array.from({ length: count }, (_, index) => {
    const ip = `10.0.${index + 1}.10`;
    return {
      ip,
      name: `ip-${ip.replaceAll('.', '-')}.${region}.compute.internal`,
      podNetwork: `10.244.${index + 1}`,
      labels: {
        'topology.kubernetes.io/region': region,
        'topology.kubernetes.io/zone': zones[index % zones.length],
        'node.kubernetes.io/instance-type': 'm5.xlarge',
      },
    };
  });
}
