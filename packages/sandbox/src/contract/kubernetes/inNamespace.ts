import { randomBytes } from 'node:crypto';
import type { ContractCase } from '../ContractCase';
import { ContractClient, type KubernetesTarget } from './ContractClient';
import { assertOk } from './manifests';

/** A case that plays in a namespace of its own, which is deleted afterwards. */
export function inNamespace<Target extends KubernetesTarget = KubernetesTarget>(
  name: string,
  play: (client: ContractClient, target: Target) => Promise<void>,
): ContractCase<Target> {
  return {
    name,
    async run(target) {
      const namespace = `contract-${randomBytes(4).toString('hex')}`;
      const client = ContractClient.create(target, namespace);
      assertOk(
        await client.create('/api/v1/namespaces', {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: namespace },
        }),
      );
      try {
        await play(client, target);
      } finally {
        await client.remove(`/api/v1/namespaces/${namespace}`);
      }
    },
  };
}
