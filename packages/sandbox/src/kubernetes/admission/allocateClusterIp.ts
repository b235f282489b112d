import type { Service } from '../objects/network';
import type { Admission } from './Admission';

/** Service addresses from the range that EKS uses, one after the other; a headless Service keeps `None`. */
export function createClusterIpAllocation(): Admission {
  let next = 10;
  return ({ operation, object }) => {
    if (operation !== 'CREATE' || object.kind !== 'Service') return;
    const { spec } = object as Service;
    if (spec.type === 'ExternalName') return;
    if (!spec.clusterIP) {
      spec.clusterIP = `10.100.${Math.floor(next / 250)}.${(next % 250) + 1}`;
      next += 1;
    }
    spec.clusterIPs = [spec.clusterIP];
  };
}
