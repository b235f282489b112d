import { deepStrictEqual, strictEqual } from 'node:assert';
import type { ContractCase } from '../ContractCase';
import type { ContractClient } from './ContractClient';
import { inNamespace } from './inNamespace';
import { assertRefused } from './manifests';
import type { PodTarget } from './PodTarget';

const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** What a user is told who may do little: RBAC's words. */
export const accessCases: readonly ContractCase<PodTarget>[] = [
  inNamespace(
    'what a role does not allow is refused, naming user, verb and resource',
    async (client, target) => {
      const { user, token } = target.restricted;
      const { namespace } = client;
      const restricted = client.withToken(token);
      strictEqual((await restricted.get('/api/v1/pods')).status, 200);
      const refused = async (path: string, message: string) =>
        assertRefused(await restricted.get(path), { code: 403, reason: 'Forbidden', message });
      const deployments = `deployments.apps is forbidden: User "${user}" cannot list resource "deployments" in API group "apps"`;
      await refused('/apis/apps/v1/deployments', `${deployments} at the cluster scope`);
      await refused(
        client.path('apps/v1/deployments'),
        `${deployments} in the namespace "${namespace}"`,
      );
      await refused(
        `${client.path('pods')}/web/log`,
        `pods "web" is forbidden: User "${user}" cannot get resource "pods/log" in API group "" in the namespace "${namespace}"`,
      );
      await refused(
        `${client.path('secrets')}?watch=true`,
        `secrets is forbidden: User "${user}" cannot watch resource "secrets" in API group "" in the namespace "${namespace}"`,
      );
      const { body } = await restricted.get('/apis/apps/v1/deployments');
      deepStrictEqual(body.details, { group: 'apps', kind: 'deployments' });
      const written = await restricted.create(client.path('pods'), { metadata: { name: 'web' } });
      assertRefused(written, {
        code: 403,
        reason: 'Forbidden',
        message: `pods is forbidden: User "${user}" cannot create resource "pods" in API group "" in the namespace "${namespace}"`,
      });
    },
  ),

  inNamespace('every user may ask what it may do', async (client, target) => {
    const restricted = client.withToken(target.restricted.token);
    deepStrictEqual(await allowed(restricted, { verb: 'list', resource: 'pods' }), true);
    deepStrictEqual(await allowed(restricted, { verb: 'list', resource: 'configmaps' }), false);
    deepStrictEqual(
      await allowed(restricted, {
        verb: 'get',
        resource: 'pods',
        subresource: 'log',
        namespace: client.namespace,
      }),
      false,
    );
    deepStrictEqual(
      await allowed(client, { verb: 'delete', group: 'apps', resource: 'deployments' }),
      true,
    );
  }),
];

async function allowed(client: ContractClient, resourceAttributes: object): Promise<unknown> {
  const { body } = await client.create(reviews, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  });
  const status = body.status as { allowed: boolean };
  if (!status.allowed) deepStrictEqual(status, { allowed: false });
  return status.allowed;
}
