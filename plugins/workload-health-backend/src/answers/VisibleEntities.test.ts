import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ManualClock } from '@waymark/cluster-watch';
import { VisibleEntities } from './VisibleEntities';

const web = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', namespace: 'default' },
};
const REF = { kind: 'component', namespace: 'default', name: 'web' };
const ann = mockCredentials.user('user:default/ann');
const bob = mockCredentials.user('user:default/bob');
const conditional = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: { rule: 'IS_ENTITY_OWNER', resourceType: 'catalog-entity', params: {} },
} as const;

/** A catalog that shows `web` to Ann and to services, behind a policy. */
function open(decide: PermissionsService['authorizeConditional']) {
  const clock = new ManualClock('2026-11-21T10:00:00Z');
  const askedAs: string[] = [];
  const permissions = mockServices.permissions.mock({ authorizeConditional: jest.fn(decide) });
  const catalog = catalogServiceMock.mock({
    getEntitiesByRefs: async ({ entityRefs }, options) => {
      const { principal } = (options as { credentials: BackstageCredentials }).credentials;
      const { userEntityRef, subject } = principal as Partial<Record<string, string>>;
      askedAs.push(userEntityRef ?? subject!);
      const shown = userEntityRef !== 'user:default/bob';
      return { items: entityRefs.map(() => (shown ? web : undefined)) };
    },
  });
  const visible = new VisibleEntities({ auth: mockServices.auth(), catalog, permissions, clock });
  return { visible, clock, askedAs, permissions };
}

it('reads once for all who may read everything', async () => {
  const { visible, askedAs, permissions } = open(async () => [{ result: AuthorizeResult.ALLOW }]);
  const seen = await Promise.all([visible.one(REF, ann), visible.one(REF, bob)]);
  expect(seen).toEqual([web, web]);
  await visible.one(REF, ann);
  expect(askedAs).toEqual(['plugin:test']);
  expect(permissions.authorizeConditional).toHaveBeenCalledTimes(2);
});

it.each<[string, PermissionsService['authorizeConditional']]>([
  ['on a condition', async () => [conditional]],
  ['nothing', async () => [{ result: AuthorizeResult.DENY }]],
  ['nobody knows what', async () => Promise.reject(new Error('503'))],
])('lets the catalog decide for whom the policy allows %s', async (_what, decide) => {
  const { visible, askedAs } = open(decide);
  expect(await visible.one(REF, ann)).toEqual(web);
  await expect(visible.one(REF, bob)).rejects.toThrow(NotFoundError);
  expect(askedAs).toEqual(['user:default/ann', 'user:default/bob']);
});

it('forgets an allowance after five seconds', async () => {
  let result: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW;
  const { visible, clock } = open(async () => [{ result }]);
  await visible.one(REF, bob);
  result = AuthorizeResult.DENY;
  clock.advance(4_999);
  expect(await visible.one(REF, bob)).toEqual(web);
  clock.advance(1);
  await expect(visible.one(REF, bob)).rejects.toThrow(NotFoundError);
});
