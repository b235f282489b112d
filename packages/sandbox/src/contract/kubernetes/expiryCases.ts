import { deepStrictEqual, strictEqual } from 'node:assert';
import type { ContractCase } from '../ContractCase';
import type { ContractClient, KubernetesTarget } from './ContractClient';
import { inNamespace } from './inNamespace';
import { assertRefused } from './manifests';

/** A server that can be made to forget its history: etcd compacts it, and a new API server has no cache of it. */
export interface ForgetfulTarget extends KubernetesTarget {
  forgetHistory(): Promise<void>;
}

const createSecrets = async (client: ContractClient, ...names: string[]) => {
  for (const name of names) {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name } };
    await client.create(client.path('secrets'), secret);
  }
};

/** What a client is told that comes back with a version from before. */
export const expiryCases: readonly ContractCase<ForgetfulTarget>[] = [
  inNamespace(
    'a watch from a forgotten version is told so with 410',
    async (client, { forgetHistory }: ForgetfulTarget) => {
      const { resourceVersion } = (await client.get(client.path('secrets'))).body.metadata;
      await createSecrets(client, 'a', 'b');
      await forgetHistory();
      const path = `${client.path('secrets')}?watch=1&resourceVersion=${resourceVersion}`;
      const watch = await client.watch(path);
      const [error] = await watch.until(seen => seen.length >= 1);
      await watch.ended;
      strictEqual(error.type, 'ERROR');
      const { kind, status, reason, code } = error.object;
      deepStrictEqual(
        { kind, status, reason, code },
        { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 },
      );
    },
  ),
  inNamespace(
    'a page of a forgotten list is refused with a token to go on with, at the state of now',
    async (client, { forgetHistory }: ForgetfulTarget) => {
      const path = client.path('secrets');
      await createSecrets(client, 'a', 'b', 'c');
      const page = (token: string) => client.get(`${path}?continue=${encodeURIComponent(token)}`);
      const first = await client.get(`${path}?limit=1`);
      await createSecrets(client, 'd');
      await forgetHistory();
      const gone = await page(first.body.metadata.continue);
      assertRefused(gone, { code: 410, reason: 'Expired' });
      const { items } = (await page(gone.body.metadata.continue)).body;
      deepStrictEqual(
        items.map(({ metadata }) => metadata.name),
        ['b', 'c', 'd'],
      );
    },
  ),
];
