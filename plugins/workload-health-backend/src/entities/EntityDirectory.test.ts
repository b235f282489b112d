import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ManualClock } from '@waymark/cluster-watch';
import { describeEachDatabase } from '../__testUtils__/describeEachDatabase';
import { EntityDirectory } from './EntityDirectory';
import { EntitySelectorStore } from './EntitySelectorStore';
import { refreshEntitySelectors } from './refreshEntitySelectors';

jest.setTimeout(60_000);

const entity = (name: string, annotations: Record<string, string>, kind = 'Component'): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, annotations },
});
const SHOP = [
  entity('web', {}),
  entity('by-id', { 'backstage.io/kubernetes-id': 'shop' }),
  entity('by-set', { 'backstage.io/kubernetes-label-selector': 'tier in (front,edge),app' }),
  entity('by-absence', { 'backstage.io/kubernetes-label-selector': '!legacy' }),
  entity('by-application', { 'argocd/app-name': 'shop' }),
  entity('abroad', {
    'backstage.io/kubernetes-id': 'shop',
    'backstage.io/kubernetes-cluster': 'us',
  }),
  entity('unreadable', { 'backstage.io/kubernetes-label-selector': '((' }),
  entity('system', {}, 'System'),
];

describeEachDatabase('EntityDirectory', ({ migrated }) => {
  async function setUp() {
    const clock = new ManualClock('2026-11-21T10:00:00Z');
    const store = new EntitySelectorStore({ knex: await migrated(), clock });
    const refresh = (entities: Entity[]) =>
      refreshEntitySelectors({
        catalog: catalogServiceMock({ entities }),
        auth: mockServices.auth(),
        store,
      });
    return { clock, store, refresh, directory: new EntityDirectory({ store, clock }) };
  }

  it('tells whom a workload belongs to, by each way in which entities name theirs', async () => {
    const { refresh, directory } = await setUp();
    await refresh(SHOP);
    const owned = (labels: Record<string, string>, application?: string) =>
      directory.entitiesOf([{ cluster: 'eu', labels, ...(application && { application }) }]);
    const names = async (...args: Parameters<typeof owned>) =>
      (await owned(...args)).map(ref => ref.split('/')[1]).sort();

    expect(await names({ 'app.kubernetes.io/name': 'web', legacy: 'yes' })).toEqual(['web']);
    expect(await names({ 'backstage.io/kubernetes-id': 'shop' })).toEqual(['by-absence', 'by-id']);
    expect(await names({ app: 'x', tier: 'edge', legacy: '' })).toEqual(['by-set']);
    expect(await names({ legacy: '' }, 'shop')).toEqual(['by-application']);
    expect(await names({ legacy: '' })).toEqual([]);
  });

  it('follows the catalog: what changed, what is new and what is gone', async () => {
    const { clock, store, refresh } = await setUp();
    await refresh([entity('web', {}), entity('api', {})]);
    clock.advance(60_000);
    await refresh([entity('web', { 'backstage.io/kubernetes-id': 'web' })]);
    expect(await store.read()).toMatchObject([
      { entityRef: 'component:default/web', selector: { by: 'annotations' } },
    ]);
    const unchanged = new Date(clock.now() + 1).toISOString();
    clock.advance(60_000);
    await refresh([entity('web', { 'backstage.io/kubernetes-id': 'web' })]);
    expect(await store.read(unchanged)).toEqual([]);
  });

  it('knows at once what was looked at here, and soon what was looked at elsewhere', async () => {
    const { clock, store, directory } = await setUp();
    const elsewhere = new EntityDirectory({ store, clock });
    const workload = { cluster: 'eu', labels: { app: 'web' } };
    expect(await elsewhere.entitiesOf([workload])).toEqual([]);
    await directory.remember('component:default/web', {
      by: 'annotations',
      labels: { matchLabels: { app: 'web' } },
      text: 'app=web',
    });
    expect(await directory.entitiesOf([workload])).toEqual(['component:default/web']);
    clock.advance(2_000);
    expect(await elsewhere.entitiesOf([workload])).toEqual(['component:default/web']);
  });
});
